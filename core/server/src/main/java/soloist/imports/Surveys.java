package soloist.imports;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import soloist.http.Texts;
import soloist.spi.Survey;
import soloist.spi.Text;

/** What a connector saw, as the API shows it and the store keeps it. */
final class Surveys {
  private Surveys() {}

  static Map<String, Object> shown(Survey survey) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("detected", survey.detected());
    shown.put("fields", survey.fields().stream().map(Surveys::field).toList());
    shown.put(
        "guess",
        Map.of(
            "kind",
            survey.guess().kind().name().toLowerCase(Locale.ROOT),
            "targets",
            survey.guess().targets()));
    shown.put("sample", survey.sample());
    shown.put("rows", survey.rows());
    shown.put("notes", survey.notes().stream().map(Surveys::texts).toList());
    return shown;
  }

  private static Map<String, Object> field(Survey.Field field) {
    return Map.of("name", field.name(), "type", field.type(), "confidence", field.confidence());
  }

  private static Map<String, Object> texts(Text text) {
    return Map.of(Texts.ENGLISH, text.en(), Texts.CHINESE, text.zh());
  }
}
