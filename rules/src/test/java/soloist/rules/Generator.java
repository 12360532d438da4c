package soloist.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.ReEntry;
import soloist.rules.campaign.Step;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Where;
import soloist.rules.judge.Cause;
import soloist.rules.judge.Situation;

/**
 * Random conditions, campaigns and situations from few words, so that they often meet. Times are
 * whole hours around {@link SampleFacts#NOW}, so that borders are often hit.
 */
public final class Generator {

  private static final List<String> WORDS =
      List.of(
          "order",
          "visit",
          "客户画像",
          "\"",
          "\\",
          "\\u0022); end",
          "end rule",
          "x\"\nend\nrule \"y\" when then System.exit(1); end",
          "\u200border",
          "\u202eredro",
          "e\u0301",
          "e1",
          "order, atLeast=1, within=PT1H]",
          "'${order}#{1+1}\u0000\r\n",
          "ok".repeat(5_000));
  private static final List<String> IDS = List.of("a", "b", "end", "rule-1");
  private static final List<Object> VALUES =
      List.of(
          "",
          "gold",
          "\"); System.exit(1); //",
          "\\u0022",
          "\u200bgold",
          "金".repeat(5_000),
          new BigDecimal("1.0"),
          new BigDecimal("1.00"),
          new BigDecimal("-2E+3"),
          new BigDecimal("100"),
          true,
          false,
          SampleFacts.NOW,
          SampleFacts.NOW.minusNanos(1),
          SampleFacts.NOW.minus(Duration.ofHours(3)),
          SampleFacts.NOW.plus(Duration.ofHours(2)));

  private final Random random;

  public Generator(long seed) {
    random = new Random(seed);
  }

  public static long seed() {
    return Long.getLong("soloist.seed", System.nanoTime());
  }

  public Condition condition(int depth) {
    int kinds = depth == 0 ? 7 : 10;
    return switch (random.nextInt(kinds)) {
      case 0 -> did();
      case 1 -> traitIs();
      case 2 -> new Condition.InSegment(word());
      case 3 -> new Condition.Responded(oneOf(IDS), word());
      case 4 -> new Condition.EnteredBefore(oneOf(IDS), maybe(this::time));
      case 5 -> new Condition.Fresh(time());
      case 6 -> new Condition.Recent(word(), time());
      case 7 -> new Condition.Consented(word());
      default -> combined(() -> condition(depth - 1));
    };
  }

  /** Of the kinds that a segment may use. */
  public Condition personal(int depth) {
    int kinds = depth == 0 ? 5 : 8;
    return switch (random.nextInt(kinds)) {
      case 0 -> did();
      case 1 -> traitIs();
      case 2 -> new Condition.Recent(word(), time());
      case 3 -> new Condition.InSegment(word());
      case 4 -> new Condition.Consented(word());
      default -> combined(() -> personal(depth - 1));
    };
  }

  public Campaign campaign(String id, int version) {
    List<Step> steps = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      steps.add(
          random.nextInt(3) == 0
              ? new Step.Wait("s" + i, time())
              : new Step.Send("s" + i, word(), word(), condition(3)));
    }
    return new Campaign(
        id,
        version,
        Map.of("en", word()),
        word(),
        trigger(id),
        condition(4),
        time(),
        random.nextBoolean() ? new ReEntry.Once() : new ReEntry.After(time()),
        steps);
  }

  /** Versions of a few campaigns, without doubles. */
  public List<Campaign> campaigns() {
    Map<String, Campaign> campaigns = new HashMap<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Campaign campaign = campaign(oneOf(IDS), 1 + random.nextInt(3));
      campaigns.put(campaign.versionedId(), campaign);
    }
    return List.copyOf(campaigns.values());
  }

  public List<Campaign> someOf(List<Campaign> campaigns) {
    return campaigns.stream().filter(_ -> random.nextInt(4) > 0).toList();
  }

  /** Mostly of causes that concern one of the campaigns. */
  public Situation situation(List<Campaign> campaigns) {
    Campaign campaign = oneOf(campaigns);
    Cause cause =
        switch (random.nextInt(6)) {
          case 0 -> new Cause.Triggered(trigger(oneOf(IDS)));
          case 5 -> new Cause.Triggered(new Trigger.Offered(campaign.id()));
          case 1, 2 -> new Cause.Triggered(campaign.trigger());
          default ->
              new Cause.StepReached(
                  campaign.id(), campaign.version(), oneOf(campaign.steps()).id());
        };
    return new Situation(facts(), cause);
  }

  public SampleFacts facts() {
    Map<String, Object> traits = new HashMap<>();
    Map<String, List<Instant>> events = new HashMap<>();
    Set<String> segments = new HashSet<>();
    Set<String> responses = new HashSet<>();
    Map<String, Instant> entries = new HashMap<>();
    for (String word : WORDS) {
      if (random.nextBoolean()) {
        traits.put(word, oneOf(VALUES));
      }
      if (random.nextBoolean()) {
        segments.add(word);
      }
      List<Instant> instants = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        instants.add(past());
      }
      if (random.nextInt(10) == 0) {
        instants.add(SampleFacts.NOW.plus(time()));
      }
      events.put(word, instants);
      responses.add(oneOf(IDS) + " " + word);
      if (random.nextBoolean()) {
        responses.add("consent " + word);
      }
    }
    for (String id : IDS) {
      if (random.nextBoolean()) {
        entries.put(id, past());
      }
    }
    return new SampleFacts(SampleFacts.NOW, past(), traits, events, segments, responses, entries);
  }

  private Trigger trigger(String campaign) {
    return switch (random.nextInt(4)) {
      case 0 -> new Trigger.SegmentEntered(word());
      case 1 -> new Trigger.SegmentLeft(word());
      case 2 -> new Trigger.EventHappened(word());
      default -> new Trigger.Offered(campaign);
    };
  }

  private Condition combined(Supplier<Condition> part) {
    List<Condition> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(part.get());
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Condition.All(parts);
      case 1 -> new Condition.Any(parts);
      default -> new Condition.Not(part.get());
    };
  }

  private Condition did() {
    return new Condition.Did(word(), maybe(this::where), 1 + random.nextInt(3), time());
  }

  private Where where() {
    return new Where(
        oneOf(IDS), oneOf(List.of(Where.Match.values())), "tea".repeat(1 + random.nextInt(2)));
  }

  private Condition traitIs() {
    Condition.Comparison comparison = oneOf(List.of(Condition.Comparison.values()));
    return new Condition.TraitIs(word(), comparison, oneOf(VALUES));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private Instant past() {
    return SampleFacts.NOW.minus(Duration.ofHours(random.nextInt(12)));
  }

  private Duration time() {
    return Duration.ofHours(1 + random.nextInt(12));
  }

  private String word() {
    return oneOf(WORDS);
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
