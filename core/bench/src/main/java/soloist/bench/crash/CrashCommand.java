package soloist.bench.crash;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code test crash [--points a,b] [--rounds n] [--seed S] [--json]}: each round kills servers at
 * every point in turn, once more when the follow-ups are due and the clock is set back, and in a
 * second run once with {@code hold}. The last line of JSON is the sum. With {@code --events n
 * [--kills k]} it is one run of so many events instead, the store inside, with so many kills.
 */
public final class CrashCommand {
  /** The options that it knows beside {@code json}. */
  public static final Set<String> OPTIONS = Set.of("points", "rounds", "seed", "events", "kills");

  private static final List<KillPoint> SETTING_BACK =
      List.of(KillPoint.OUTBOX_WRITTEN, KillPoint.DECISIONS_WRITTEN, KillPoint.REDO_WRITTEN);

  private static final int KILLS = 20;

  private CrashCommand() {}

  /** Returns the exit code. */
  public static int run(Map<String, String> options, PrintStream out)
      throws IOException, InterruptedException {
    List<KillPoint> points = points(options.getOrDefault("points", ""));
    long seed = Long.parseLong(options.getOrDefault("seed", "1"));
    boolean json = options.containsKey("json");
    if (options.containsKey("events")) {
      int events = Integer.parseInt(options.get("events"));
      int kills = Integer.parseInt(options.getOrDefault("kills", Integer.toString(KILLS)));
      try (CrashTest test = CrashTest.large(Shipped.here(), events, seed)) {
        return told(test.compare(large(points, kills)), test, seed, json, out);
      }
    }
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "1"));
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
      Verdict sum =
          verdicts.stream()
              .reduce(Verdict::and)
              .orElseThrow(() -> new IllegalArgumentException("--rounds must be 1 or more"));
      return told(sum, test, seed, json, out);
    }
  }

  /** At every point in turn, and then wherever it happens to be. */
  private static Plan large(List<KillPoint> points, int kills) {
    List<KillPoint> all =
        Stream.concat(points.stream(), Stream.generate(() -> KillPoint.RANDOM))
            .limit(kills)
            .toList();
    return Plan.inLoad(all, Safeguards.ALL).withStoreInside();
  }

  private static int told(
      Verdict verdict, CrashTest test, long seed, boolean json, PrintStream out) {
    JsonObject result = verdict.toJson().put("seed", seed).put("people", test.people());
    if (json) {
      out.println(result.encode());
    } else {
      result.forEach(entry -> out.printf("%-20s %s%n", entry.getKey(), entry.getValue()));
    }
    return verdict.passed() ? 0 : 1;
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
