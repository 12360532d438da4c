package soloist.profile;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import soloist.http.Problem;

/** What people are asked for by hand about who they are: typed, so that it can be compared. */
final class Demographics {
  private static final int OLDEST = 130;
  private static final int LONGEST = 200;

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "gender", List.of("female", "male", "other"),
          "education", List.of("school", "vocational", "bachelor", "master", "doctorate"),
          "income_level", List.of("low", "medium", "high"));

  private Demographics() {}

  /**
   * @throws Problem 400 that names every fact that is not one of its kind
   */
  static void require(JsonObject traits) {
    List<Problem.Detail> faults = new ArrayList<>();
    for (String key : traits.fieldNames()) {
      Object value = traits.getValue(key);
      List<String> choices = CHOICES.get(key);
      String pointer = "/traits/" + key;
      if (choices != null && !choices.contains(String.valueOf(value))) {
        faults.add(
            new Problem.Detail(pointer, "trait-choice", List.of(String.join(", ", choices))));
      } else if (key.equals("age") && !isAge(value)) {
        faults.add(new Problem.Detail(pointer, "trait-age", List.of(Integer.toString(OLDEST))));
      } else if (value instanceof String text && (text.isBlank() || text.length() > LONGEST)) {
        faults.add(new Problem.Detail(pointer, "trait-text", List.of(Integer.toString(LONGEST))));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  private static boolean isAge(Object value) {
    return value instanceof Integer age && age >= 0 && age <= OLDEST;
  }
}
