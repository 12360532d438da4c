package soloist.rules.condition;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import soloist.rules.condition.Condition.All;
import soloist.rules.condition.Condition.Any;
import soloist.rules.condition.Condition.Comparison;
import soloist.rules.condition.Condition.Consented;
import soloist.rules.condition.Condition.Did;
import soloist.rules.condition.Condition.EnteredBefore;
import soloist.rules.condition.Condition.Fresh;
import soloist.rules.condition.Condition.InSegment;
import soloist.rules.condition.Condition.Not;
import soloist.rules.condition.Condition.Recent;
import soloist.rules.condition.Condition.Responded;
import soloist.rules.condition.Condition.TraitIs;
import soloist.rules.document.Fields;
import soloist.rules.document.InvalidDocument;

/** Reads one tree: it counts the conditions, so each tree needs a reader of its own. */
final class ConditionReader {

  private static final int DEEPEST = 12;
  private static final int MOST = 200;

  /** Beyond this many digits a number is no measure of anything, but may cost minutes to print. */
  private static final int MOST_DIGITS = 38;

  private static final List<String> FOR_SEGMENTS =
      List.of("all", "any", "not", "did", "trait", "recent", "consented", "inSegment");
  private static final List<String> FOR_ALL =
      List.of(
          "all",
          "any",
          "not",
          "did",
          "trait",
          "recent",
          "consented",
          "inSegment",
          "responded",
          "enteredBefore",
          "fresh");

  private final List<String> allowed;
  private int read;

  ConditionReader(boolean forSegment) {
    allowed = forSegment ? FOR_SEGMENTS : FOR_ALL;
  }

  Condition read(Fields document) {
    return read(document, 1);
  }

  private Condition read(Fields document, int depth) {
    if (depth > DEEPEST) {
      throw new InvalidDocument(
          document.pointer(),
          "lies deeper than " + DEEPEST + " conditions",
          "put all parts of the same kind into one list");
    }
    if (++read > MOST) {
      throw new InvalidDocument(
          document.pointer(),
          "is one condition more than the " + MOST + " allowed",
          "move some of them into a segment");
    }
    String kind = kind(document);
    return switch (kind) {
      case "all" -> new All(parts(document, kind, depth));
      case "any" -> new Any(parts(document, kind, depth));
      case "not" -> {
        document.only("not");
        yield new Not(read(document.fields("not"), depth + 1));
      }
      case "did" -> {
        document.only("did", "where", "atLeast", "within");
        yield new Did(
            document.text("did"),
            document.has("where") ? Optional.of(where(document.fields("where"))) : Optional.empty(),
            document.integer("atLeast", 1, 64),
            document.duration("within"));
      }
      case "trait" -> {
        document.only("trait", "comparison", "value", "type");
        yield new TraitIs(document.text("trait"), comparison(document), value(document));
      }
      case "recent" -> {
        document.only("recent", "within");
        yield new Recent(document.text("recent"), document.duration("within"));
      }
      case "consented" -> {
        document.only("consented");
        yield new Consented(document.text("consented"));
      }
      case "inSegment" -> {
        document.only("inSegment");
        yield new InSegment(document.text("inSegment"));
      }
      case "responded" -> {
        document.only("responded", "step");
        yield new Responded(document.text("step"), document.text("responded"));
      }
      case "enteredBefore" -> {
        document.only("enteredBefore", "within");
        yield new EnteredBefore(
            document.text("enteredBefore"),
            document.has("within") ? Optional.of(document.duration("within")) : Optional.empty());
      }
      default -> {
        document.only("fresh");
        yield new Fresh(document.duration("fresh"));
      }
    };
  }

  private String kind(Fields document) {
    for (String kind : FOR_ALL) {
      if (document.has(kind)) {
        if (!allowed.contains(kind)) {
          throw new InvalidDocument(
              document.at(kind),
              "may not be used in a segment",
              "use only " + String.join(", ", allowed) + ", and ask the rest in a campaign");
        }
        return kind;
      }
    }
    throw new InvalidDocument(
        document.pointer(),
        "is no known kind of condition",
        "name it by one of " + String.join(", ", allowed));
  }

  private List<Condition> parts(Fields document, String kind, int depth) {
    document.only(kind);
    List<Condition> parts = new ArrayList<>();
    for (Fields part : document.list(kind)) {
      parts.add(read(part, depth + 1));
    }
    return parts;
  }

  private static Where where(Fields document) {
    document.only("property", "match", "value");
    return new Where(
        document.text("property", Where.LONGEST_PROPERTY),
        match(document),
        document.text("value", Where.LONGEST_VALUE));
  }

  private static Where.Match match(Fields document) {
    String word = document.text("match");
    for (Where.Match match : Where.Match.values()) {
      if (ConditionDocuments.word(match).equals(word)) {
        return match;
      }
    }
    throw document.mistyped("match", "a match", "use one of is, contains, startsWith");
  }

  private static Comparison comparison(Fields document) {
    String word = document.text("comparison");
    for (Comparison comparison : Comparison.values()) {
      if (ConditionDocuments.word(comparison).equals(word)) {
        return comparison;
      }
    }
    throw document.mistyped("comparison", "a comparison", "use one of equal, less, atLeast");
  }

  private static Object value(Fields document) {
    return switch (document.text("type")) {
      case "text" -> document.anyText("value");
      case "number" -> number(document);
      case "boolean" -> document.truth("value");
      case "instant" -> instant(document);
      default ->
          throw document.mistyped(
              "type", "the type of a trait", "use one of text, number, boolean, instant");
    };
  }

  private static BigDecimal number(Fields document) {
    String text = document.text("value");
    try {
      if (text.length() <= 2 * MOST_DIGITS) {
        BigDecimal number = new BigDecimal(text);
        if (number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS) {
          return number;
        }
      }
    } catch (NumberFormatException _) {
      throw notANumber(document);
    }
    throw notANumber(document);
  }

  private static InvalidDocument notANumber(Fields document) {
    return document.mistyped(
        "value",
        "a number of at most " + MOST_DIGITS + " digits",
        "write it in quotes, like \"100.00\"");
  }

  private static Instant instant(Fields document) {
    try {
      return Instant.parse(document.text("value"));
    } catch (DateTimeException _) {
      throw document.mistyped("value", "an instant", "write it like \"2026-11-01T08:00:00Z\"");
    }
  }
}
