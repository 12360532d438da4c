package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import soloist.bench.crash.CrashTest;
import soloist.bench.crash.KillPoint;
import soloist.bench.crash.Plan;
import soloist.bench.crash.Safeguards;
import soloist.bench.crash.Shipped;
import soloist.bench.crash.Verdict;
import soloist.lane.RedoUse;

/**
 * Kills the shipped server with SIGKILL, again and again, and holds what is left against a run that
 * nobody disturbed. Without one of the safeguards the same comparison must fail.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
final class CrashIT {
  private static final long SEED = 1;
  private static final int RANDOM_KILLS = Boolean.getBoolean("soloist.slow") ? 40 : 3;

  @SuppressWarnings("NullAway.Init")
  private static CrashTest test;

  @BeforeAll
  static void runUndisturbed() throws IOException, InterruptedException {
    test = CrashTest.open(new Shipped(Path.of("target/soloist").toAbsolutePath()), SEED);
  }

  @AfterAll
  static void endEverything() throws IOException {
    test.close();
  }

  @Test
  void theUndisturbedRunKeepsThePromise() {
    Verdict verdict = test.undisturbed();

    assertAll(
        () -> assertKept(verdict),
        () -> assertEquals(0, verdict.duplicates()),
        () -> assertTrue(verdict.mails() > CrashTest.PEOPLE, "too few mails: " + verdict),
        () -> assertTrue(verdict.partitions() >= 32, "too few partitions: " + verdict));
  }

  @Test
  void aKillOfServerAndStoreAtAnyPointLeavesWhatAnUndisturbedRunLeaves() throws Exception {
    List<KillPoint> points =
        Stream.concat(
                KillPoint.all().stream(),
                Stream.generate(() -> KillPoint.RANDOM).limit(RANDOM_KILLS))
            .toList();

    Verdict verdict =
        test.compare(
            Plan.inLoad(points, Safeguards.ALL)
                .setBackAt(KillPoint.OUTBOX_WRITTEN)
                .withStoreInside());

    assertKept(verdict);
  }

  @Test
  void holdingSendsNothingTwice() throws Exception {
    Verdict verdict = test.compare(Plan.whenDue(KillPoint.SENT, Safeguards.ALL.holding()));

    assertAll(
        () -> assertKept(verdict),
        () -> assertEquals(0, verdict.duplicates()),
        () -> assertTrue(verdict.uncertain() > 0, "nothing was held: " + verdict),
        () -> assertEquals(verdict.inflight(), verdict.uncertain()));
  }

  @Test
  void withoutARedoRecordTheStoriesDiffer() throws Exception {
    Safeguards missing = Safeguards.ALL.with(RedoUse.NOT_WRITTEN);

    Verdict verdict =
        test.compare(Plan.inLoad(List.of(), missing).setBackAt(KillPoint.OUTBOX_WRITTEN));

    assertBroken(verdict, "nobody decided to send");
  }

  @Test
  void judgingAgainAfterACrashDecidesAStepTwice() throws Exception {
    Safeguards missing = Safeguards.ALL.with(RedoUse.WRITTEN_AND_IGNORED);

    Verdict verdict =
        test.compare(Plan.inLoad(List.of(), missing).setBackAt(KillPoint.DECISIONS_WRITTEN));

    assertBroken(verdict, "was decided 2 times in 1 entries");
  }

  @Test
  void withoutTheMarkAMailGoesOutTwice() throws Exception {
    Verdict verdict = test.compare(Plan.whenDue(KillPoint.SENT, Safeguards.ALL.withoutMarks()));

    assertBroken(verdict, "which was on its way 0 times");
  }

  private static void assertKept(Verdict verdict) {
    assertTrue(verdict.passed(), () -> verdict.toJson().encodePrettily());
  }

  private static void assertBroken(Verdict verdict, String why) {
    assertFalse(verdict.passed(), "the comparison noticed nothing");
    assertTrue(
        verdict.findings().stream().anyMatch(finding -> finding.contains(why)),
        () -> "red for another reason: " + verdict.findings());
  }
}
