package soloist.plugin;

import java.util.List;
import java.util.Map;
import soloist.http.Problem;
import soloist.http.Texts;

/** Why a plugin does not work, as words in both languages. */
record Reason(String code, List<String> values) {
  private static final int LONGEST_VALUE = 300;

  Reason {
    values =
        values.stream()
            .map(
                value -> value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value)
            .toList();
  }

  static Reason of(String code, String... values) {
    return new Reason(code, List.of(values));
  }

  /** What a check said. */
  static Reason of(Problem problem) {
    Problem.Detail detail = problem.details().getFirst();
    return new Reason(detail.code(), detail.values());
  }

  String in(String language) {
    return Texts.say(language, code, values);
  }

  Map<String, Object> texts() {
    return Map.of("code", code, "en", in(Texts.ENGLISH), Texts.CHINESE, in(Texts.CHINESE));
  }
}
