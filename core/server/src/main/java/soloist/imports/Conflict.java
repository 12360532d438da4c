package soloist.imports;

import java.util.List;
import java.util.Map;
import soloist.http.Problem;

/** What cannot be done with an import as it is now. */
final class Conflict {
  private Conflict() {}

  /**
   * The answer.
   *
   * @param code key of the words
   * @param values put into the words
   */
  static Problem because(String code, String... values) {
    Problem.Detail detail = new Problem.Detail("", code, List.of(values));
    return new Problem(409, "import-conflict", List.of(detail), Map.of());
  }
}
