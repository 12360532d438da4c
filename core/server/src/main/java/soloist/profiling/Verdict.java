package soloist.profiling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.spi.Profiler.Outcome;

/**
 * Whether a new model takes the place of the one that stands.
 *
 * @param against the model that it was held against; null where there was none
 * @param gain by how much less surprised the new one was by what came, on people from whom neither
 *     has learnt: the mean difference of their log losses; null where it could not be measured
 */
record Verdict(Decision decision, Reason reason, @Nullable String against, @Nullable Spread gain) {
  /** Below this a mean says nothing, and the owner is asked. */
  static final int FEWEST = 30;

  /** A chance of 0 that came would count as infinitely wrong. */
  private static final double LEAST = 1e-15;

  /** What becomes of it. */
  enum Decision {
    TAKES_OVER,
    DECLINED,

    /** It waits for the owner's word. */
    ASKS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why. */
  enum Reason {
    /** None stood before. */
    FIRST,
    /** The owner said so. */
    OWNER,
    BETTER,
    EVEN,
    WORSE,
    FEW,
    /** Nothing comes by which this profiler could be judged. */
    NOTHING,
    /** The same, but it makes the same segments. */
    ALIKE,
    /** The one that stands was learnt under other settings. */
    SETTINGS,
    /** The one that stands cannot be read by this version of the plugin. */
    UNREADABLE,
    /** The owner wants to be asked each time. */
    ALWAYS,
    /** A newer one has come while it waited. */
    NEWER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Verdict takesOver(Reason reason) {
    return new Verdict(Decision.TAKES_OVER, reason, null, null);
  }

  static Verdict asks(Reason reason, String against) {
    return new Verdict(Decision.ASKS, reason, against, null);
  }

  /** Holds both against the same people; those of whom one of them says nothing do not count. */
  static Verdict between(
      String against, List<Outcome> standing, List<Outcome> challenger, boolean asksAlways) {
    Map<Integer, Outcome> before = new HashMap<>();
    standing.stream().filter(Outcome::unseen).forEach(each -> before.put(each.row(), each));
    List<Double> gains = new ArrayList<>();
    for (Outcome each : challenger) {
      Outcome other = each.unseen() ? before.get(each.row()) : null;
      if (other != null) {
        gains.add(loss(other) - loss(each));
      }
    }
    if (standing.isEmpty() || challenger.isEmpty()) {
      return asks(Reason.NOTHING, against);
    }
    Spread gain = Spread.ofMean(gains.stream().mapToDouble(Double::doubleValue).toArray());
    if (gains.size() < FEWEST) {
      return new Verdict(Decision.ASKS, Reason.FEW, against, gain);
    }
    if (gain.high() < 0) {
      return new Verdict(Decision.DECLINED, Reason.WORSE, against, gain);
    }
    if (asksAlways) {
      return new Verdict(Decision.ASKS, Reason.ALWAYS, against, gain);
    }
    return new Verdict(
        Decision.TAKES_OVER, gain.low() > 0 ? Reason.BETTER : Reason.EVEN, against, gain);
  }

  /**
   * How surprised a model was by what came: the mean log loss of those it has never learnt from.
   */
  static Spread loss(List<Outcome> outcomes) {
    return Spread.ofMean(
        outcomes.stream().filter(Outcome::unseen).mapToDouble(Verdict::loss).toArray());
  }

  private static double loss(Outcome outcome) {
    double stated = outcome.came() ? outcome.chance() : 1 - outcome.chance();
    return -Math.log(Math.max(stated, LEAST));
  }

  /** As it is kept and as the API shows it, which is the same. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("decision", decision.word());
    json.put("reason", reason.word());
    json.put("against", against);
    json.put("gain", gain == null ? null : gain.toJson());
    return json;
  }
}
