package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code test crash [--points a,b] [--rounds n] [--seed S] [--json]}: each round kills servers at
 * every point in turn, once more when the follow-ups are due and the clock is set back, and in a
 * second run once with {@code hold}. The last line of JSON is the sum.
 */
public final class CrashCommand {
  /** The options that it knows beside {@code json}. */
  public static final Set<String> OPTIONS = Set.of("points", "rounds", "seed");

  private static final List<KillPoint> SETTING_BACK =
      List.of(KillPoint.OUTBOX_WRITTEN, KillPoint.DECISIONS_WRITTEN, KillPoint.REDO_WRITTEN);

  private CrashCommand() {}

  /** Returns the exit code. */
  public static int run(Map<String, String> options, PrintStream out)
      throws IOException, InterruptedException {
    List<KillPoint> points = points(options.getOrDefault("points", ""));
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "1"));
    long seed = Long.parseLong(options.getOrDefault("seed", "1"));
    boolean json = options.containsKey("json");
    List<Verdict> verdicts = new ArrayList<>();
    try (CrashTest test = CrashTest.open(Shipped.here(), seed)) {
      for (int round = 0; round < rounds; round++) {
        verdicts.add(
            test.compare(
                Plan.inLoad(points, Safeguards.ALL)
                    .setBackAt(SETTING_BACK.get(round % SETTING_BACK.size()))
                    .withStoreInside()));
        verdicts.add(test.compare(Plan.whenDue(KillPoint.SENT, Safeguards.ALL.holding())));
      }
    }
    Optional<Verdict> sum = verdicts.stream().reduce(Verdict::and);
    if (sum.isEmpty()) {
      throw new IllegalArgumentException("--rounds must be 1 or more");
    }
    JsonObject result = sum.get().toJson().put("seed", seed).put("people", CrashTest.PEOPLE);
    if (json) {
      out.println(result.encode());
    } else {
      result.forEach(entry -> out.printf("%-20s %s%n", entry.getKey(), entry.getValue()));
    }
    return sum.get().passed() ? 0 : 1;
  }

  private static List<KillPoint> points(String names) {
    if (names.isBlank()) {
      return KillPoint.all();
    }
    return Arrays.stream(names.split(",", -1))
        .map(
            name ->
                KillPoint.all().stream()
                    .filter(point -> point.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "there is no point '" + name + "'; there are " + KillPoint.all())))
        .toList();
  }
}
