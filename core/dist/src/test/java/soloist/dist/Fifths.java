package soloist.dist;

import java.util.HashMap;
import java.util.Map;

/** In which fifth of all a value lies, 1 to 5, by counting: equal values share the mean place. */
final class Fifths {
  private Fifths() {}

  static Map<String, Integer> of(Map<String, Double> values) {
    Map<String, Integer> fifths = new HashMap<>();
    values.forEach(
        (key, own) -> {
          long less = values.values().stream().filter(it -> it < own).count();
          long same = values.values().stream().filter(it -> it.equals(own)).count();
          double place = less + (same + 1) / 2.0;
          fifths.put(key, 1 + (int) Math.min(4, Math.floor(5 * (place - 0.5) / values.size())));
        });
    return fifths;
  }
}
