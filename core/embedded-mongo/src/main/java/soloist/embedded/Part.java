package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Takes a part of a command or a stored description by name and type, or refuses the whole. */
final class Part {
  private Part() {}

  static String text(Document whole, String name) {
    return whole.get(name) instanceof String text ? text : wrong(name, "a string");
  }

  static Document document(Document whole, String name) {
    return whole.get(name) instanceof Document part ? part : wrong(name, "a document");
  }

  static @Nullable Document optional(Document whole, String name) {
    return whole.get(name) == null ? null : document(whole, name);
  }

  static Collection<?> list(Document whole, String name) {
    return whole.get(name) instanceof Collection<?> items ? items : wrong(name, "an array");
  }

  static long number(Document whole, String name) {
    return whole.get(name) instanceof Number number ? number.longValue() : wrong(name, "a number");
  }

  static long number(Document whole, String name, long otherwise) {
    return whole.get(name) == null ? otherwise : number(whole, name);
  }

  private static <T> T wrong(String name, String wanted) {
    throw Refusal.of(14, "TypeMismatch", "the field '" + name + "' must be " + wanted);
  }
}
