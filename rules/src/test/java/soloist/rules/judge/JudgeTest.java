package soloist.rules.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.rules.SampleFacts.NOW;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import soloist.rules.SampleFacts;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.ReEntry;
import soloist.rules.campaign.Step;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Facts;

class JudgeTest {

  private static final Trigger ENTERED = new Trigger.SegmentEntered("recent-buyers");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Condition VIP = new Condition.InSegment("vip");
  private static final SampleFacts NOBODY = SampleFacts.none();

  interface Judges extends BiFunction<Collection<Campaign>, Collection<Campaign>, Judge> {}

  static Stream<Named<Judges>> judges() {
    return Stream.of(
        Named.of("Drools", DroolsJudge::new), Named.of("interpreter", InterpretingJudge::new));
  }

  @ParameterizedTest
  @MethodSource("judges")
  void whoComesWithinTheFreshnessStarts(Judges judges) {
    Judge judge = judges.apply(List.of(campaign("thanks", 1)), List.of(campaign("thanks", 1)));

    assertEquals(
        List.of(new Decision.Start("thanks", 1, "thanks@1/start")),
        judge.judge(List.of(entered(NOBODY.in("vip")))).getFirst());
  }

  @ParameterizedTest
  @MethodSource("judges")
  void whoIsNotOfTheAudienceOrComesLateOrComesAgainIsDeclined(Judges judges) {
    Judge judge = judges.apply(List.of(campaign("thanks", 1)), List.of(campaign("thanks", 1)));
    SampleFacts late = NOBODY.in("vip").causedAt(NOW.minus(DAY));
    SampleFacts again = NOBODY.in("vip").entered("thanks", NOW.minus(DAY).plusNanos(1));

    for (SampleFacts facts : List.of(NOBODY, late, again)) {
      assertEquals(
          List.of(new Decision.Decline("thanks", 1, "thanks@1/decline")),
          judge.judge(List.of(entered(facts))).getFirst());
    }
  }

  @ParameterizedTest
  @MethodSource("judges")
  void stepsSendSkipAndWait(Judges judges) {
    Judge judge = judges.apply(List.of(), List.of(campaign("thanks", 2)));
    SampleFacts clicked = NOBODY.answered("first", "email.clicked");

    assertEquals(
        List.of(
            List.of(new Decision.Send("thanks", 2, "thanks@2/first", "first", "email", "t")),
            List.of(new Decision.Wait("thanks", 2, "thanks@2/pause", "pause", DAY)),
            List.of(new Decision.Send("thanks", 2, "thanks@2/again", "again", "email", "t")),
            List.of(new Decision.Skip("thanks", 2, "thanks@2/again/skip", "again"))),
        judge.judge(
            List.of(
                reached(2, "first", NOBODY),
                reached(2, "pause", NOBODY),
                reached(2, "again", NOBODY),
                reached(2, "again", clicked))));
  }

  @ParameterizedTest
  @MethodSource("judges")
  void decisionsAreOrderedByCampaignThenVersion(Judges judges) {
    List<Campaign> campaigns =
        List.of(campaign("b", 10), campaign("b", 9), campaign("c", 1), campaign("a", 2));
    Judge judge = judges.apply(campaigns, campaigns);

    assertEquals(
        List.of("a@2/start", "b@9/start", "b@10/start", "c@1/start"),
        judge.judge(List.of(entered(NOBODY.in("vip")))).getFirst().stream()
            .map(Decision::rule)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("judges")
  void equalSituationsEachGetTheirAnswer(Judges judges) {
    Judge judge = judges.apply(List.of(campaign("a", 1)), List.of(campaign("a", 1)));
    Situation situation = entered(NOBODY.in("vip"));

    List<List<Decision>> decisions =
        judge.judge(List.of(situation, entered(NOBODY.in("vip")), situation));

    assertEquals(
        Collections.nCopies(3, List.of(new Decision.Start("a", 1, "a@1/start"))), decisions);
  }

  @ParameterizedTest
  @MethodSource("judges")
  void versionsThatAreNotOpenStartNobodyButGoOn(Judges judges) {
    Judge judge = judges.apply(List.of(), List.of(campaign("thanks", 1)));

    assertFalse(judge.concerns(new Cause.Triggered(ENTERED)));
    assertTrue(judge.concerns(new Cause.StepReached("thanks", 1, "pause")));
    assertFalse(judge.concerns(new Cause.StepReached("thanks", 2, "pause")));
    assertEquals(List.of(List.of()), judge.judge(List.of(entered(NOBODY.in("vip")))));
    assertEquals(List.of(), judge.judge(List.of()));
  }

  @ParameterizedTest
  @MethodSource("judges")
  void campaignsThatContradictEachOtherAreRefused(Judges judges) {
    Campaign campaign = campaign("a", 1);

    assertThrows(
        IllegalArgumentException.class, () -> judges.apply(List.of(), List.of(campaign, campaign)));
    assertThrows(IllegalArgumentException.class, () -> judges.apply(List.of(campaign), List.of()));
  }

  @Test
  void aBatchThatThrowsIsJudgedAgainOneByOne() {
    DroolsJudge judge = new DroolsJudge(List.of(campaign("a", 1)), List.of(campaign("a", 1)));
    AtomicInteger asked = new AtomicInteger();
    Situation flaky = entered(failing(asked, 1));
    Situation sound = entered(NOBODY.in("vip"));

    assertEquals(
        List.of("a@1/start", "a@1/start"),
        judge.judge(List.of(sound, flaky)).stream().map(it -> it.getFirst().rule()).toList());
    assertThrows(
        RuntimeException.class,
        () -> judge.judge(List.of(sound, entered(failing(asked, Integer.MAX_VALUE)))));
    assertEquals("a@1/start", judge.judge(List.of(sound)).getFirst().getFirst().rule());
  }

  @Test
  void aBatchThatMeetsItsLimitIsToldSo() {
    DroolsJudge judge = new DroolsJudge(List.of(campaign("a", 1)), List.of(campaign("a", 1)));
    List<Situation> batch = List.of(entered(NOBODY), entered(NOBODY), entered(NOBODY));

    assertEquals(Optional.empty(), judge.judge(batch, 2));
    assertEquals(3, judge.judge(batch, 3).orElseThrow().size());
  }

  @Test
  void aBatchThatTakesTooLongIsJudgedAgainOneByOne() {
    AtomicLong clock = new AtomicLong();
    List<Campaign> campaigns = List.of(campaign("a", 1));
    DroolsJudge judge = new DroolsJudge(campaigns, campaigns, clock::get);
    List<Situation> together =
        Stream.generate(() -> entered(slow(clock, Duration.ofMillis(90)))).limit(3).toList();
    Situation tooSlow = entered(slow(clock, Deadline.LONGEST.plusNanos(1)));

    assertEquals(Optional.empty(), judge.judge(together, Integer.MAX_VALUE - 1));
    assertEquals(
        Collections.nCopies(3, "a@1/start"),
        judge.judge(together).stream().map(it -> it.getFirst().rule()).toList());
    var halted =
        assertThrows(
            IllegalStateException.class,
            () -> judge.judge(List.of(entered(NOBODY.in("vip")), tooSlow)));
    assertTrue(halted.getMessage().contains("250 ms for " + tooSlow.cause()), halted.getMessage());
  }

  @Test
  void manyThreadsMayJudgeAtOnce() throws Exception {
    List<Campaign> campaigns = List.of(campaign("a", 1), campaign("b", 1));
    DroolsJudge judge = new DroolsJudge(campaigns, campaigns);
    List<Situation> batch =
        Stream.of(entered(NOBODY.in("vip")), entered(NOBODY), reached(1, "first", NOBODY))
            .flatMap(situation -> Collections.nCopies(20, situation).stream())
            .toList();
    List<List<Decision>> expected = new InterpretingJudge(campaigns, campaigns).judge(batch);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<List<Decision>>>> answers =
          threads.invokeAll(Collections.nCopies(200, () -> judge.judge(batch)));
      for (Future<List<List<Decision>>> answer : answers) {
        assertEquals(expected, answer.get());
      }
    }
  }

  private static Facts failing(AtomicInteger asked, int times) {
    return new FailingFacts(NOBODY.in("vip"), () -> asked.incrementAndGet() <= times);
  }

  private static Facts slow(AtomicLong clock, Duration answer) {
    return new FailingFacts(NOBODY.in("vip"), () -> clock.addAndGet(answer.toNanos()) < 0);
  }

  private static Campaign campaign(String id, int version) {
    return new Campaign(
        id,
        version,
        Map.of("en", id),
        "marketing",
        ENTERED,
        VIP,
        DAY,
        new ReEntry.After(DAY),
        List.of(
            new Step.Send("first", "email", "t", new Condition.All(List.of())),
            new Step.Wait("pause", DAY),
            new Step.Send(
                "again",
                "email",
                "t",
                new Condition.Not(new Condition.Responded("first", "email.clicked")))));
  }

  private static Situation entered(Facts facts) {
    return new Situation(facts, new Cause.Triggered(ENTERED));
  }

  private static Situation reached(int version, String step, Facts facts) {
    return new Situation(facts, new Cause.StepReached("thanks", version, step));
  }
}
