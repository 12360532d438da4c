package soloist.embedded;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query read once: the conditions that must all hold, {@code $and} dissolved, so that an index
 * can serve {@code Filters.and(...)} like a plain document. What is not read here is left to the
 * library's matcher, which has no state that one thread could spoil for another when it only
 * matches.
 */
record Filter(List<Clause> clauses) {
  private static final Set<String> REFERENCE = Set.of("$ref", "$id", "$db");

  static Filter of(@Nullable Document query) {
    var clauses = new ArrayList<Clause>();
    if (query != null) {
      collect(query, clauses, new DefaultQueryMatcher());
    }
    return new Filter(List.copyOf(clauses));
  }

  boolean matches(RawBson document) {
    for (Clause clause : clauses) {
      if (!clause.matches(document)) {
        return false;
      }
    }
    return true;
  }

  /** The key of the one {@code _id} that matches, if the query says which. */
  byte @Nullable [] id() {
    for (Clause clause : clauses) {
      if (clause instanceof Clause.Equal equal
          && equal.path().dotted().equals("_id")
          && equal.tag() != KeyBytes.ARRAY) {
        return equal.key();
      }
    }
    return null;
  }

  boolean isEmpty() {
    return clauses.isEmpty();
  }

  private static void collect(Document query, List<Clause> into, QueryMatcher matcher) {
    query.forEach(
        (key, operand) -> {
          switch (key) {
            case "$and" -> branches(key, operand).forEach(b -> collect(b, into, matcher));
            case "$or" -> into.add(any(key, operand, matcher));
            case "$nor" -> into.add(new Clause.Not(any(key, operand, matcher)));
            case "$comment" -> {}
            default -> {
              if (key.startsWith("$")) {
                into.add(judged(query, key, matcher));
              } else {
                field(new FieldPath(key), operand, into, matcher);
              }
            }
          }
        });
  }

  private static Clause judged(Document query, String key, QueryMatcher matcher) {
    if (!key.equals("$expr")) {
      throw Refusal.badValue(
          "unknown top level operator: "
              + key
              + ". If you have a field name that starts with a '$' symbol, consider using $getField"
              + " or $setField.");
    }
    return new Clause.Judged(new Document(key, query.get(key)), matcher);
  }

  private static Clause any(String key, Object operand, QueryMatcher matcher) {
    var any = new ArrayList<Clause>();
    for (Document branch : branches(key, operand)) {
      any.add(all(branch, matcher));
    }
    return new Clause.Any(List.copyOf(any));
  }

  private static Clause all(Document query, QueryMatcher matcher) {
    var all = new ArrayList<Clause>();
    collect(query, all, matcher);
    return new Clause.All(List.copyOf(all));
  }

  private static List<Document> branches(String key, Object operand) {
    if (!(operand instanceof Collection<?> items) || items.isEmpty()) {
      throw Refusal.badValue(key + " must be a nonempty array");
    }
    var branches = new ArrayList<Document>();
    for (Object item : items) {
      if (!(item instanceof Document branch)) {
        throw Refusal.badValue(key + " entries need to be full objects");
      }
      branches.add(branch);
    }
    return branches;
  }

  private static void field(
      FieldPath path, @Nullable Object operand, List<Clause> into, QueryMatcher matcher) {
    if (operand instanceof Document document && isOperators(document)) {
      document.forEach((name, value) -> into.add(operator(path, name, value, document, matcher)));
    } else if (operand instanceof BsonRegularExpression) {
      into.add(new Clause.Judged(new Document(path.dotted(), operand), matcher));
    } else {
      into.add(equal(path, operand));
    }
  }

  private static boolean isOperators(Document document) {
    if (document.isEmpty()) {
      return false;
    }
    String first = document.keySet().iterator().next();
    return first.startsWith("$") && !REFERENCE.contains(first);
  }

  private static Clause operator(
      FieldPath path, String name, @Nullable Object value, Document all, QueryMatcher matcher) {
    return switch (name) {
      case "$eq" ->
          value instanceof BsonRegularExpression
              ? new Clause.Judged(new Document(path.dotted(), value), matcher)
              : equal(path, value);
      case "$ne" -> new Clause.Not(equal(path, value));
      case "$in" -> oneOf(path, name, value, matcher);
      case "$nin" -> new Clause.Not(oneOf(path, name, value, matcher));
      case "$gt" -> range(path, Clause.Side.ABOVE, false, value);
      case "$gte" -> range(path, Clause.Side.ABOVE, true, value);
      case "$lt" -> range(path, Clause.Side.BELOW, false, value);
      case "$lte" -> range(path, Clause.Side.BELOW, true, value);
      case "$exists" -> new Clause.Exists(path, isTrue(value));
      case "$not" -> not(path, value, matcher);
      case "$options", "$regex" ->
          new Clause.Judged(
              new Document(
                  path.dotted(),
                  new BsonRegularExpression(
                      pattern(all.get("$regex")), options(all.get("$regex"), all.get("$options")))),
              matcher);
      default -> new Clause.Judged(new Document(path.dotted(), new Document(name, value)), matcher);
    };
  }

  private static Clause not(FieldPath path, @Nullable Object value, QueryMatcher matcher) {
    if (!(value instanceof Document) && !(value instanceof BsonRegularExpression)) {
      throw Refusal.badValue("$not needs a regex or a document");
    }
    var inner = new ArrayList<Clause>();
    field(path, value, inner, matcher);
    return new Clause.Not(new Clause.All(List.copyOf(inner)));
  }

  private static String pattern(@Nullable Object regex) {
    return switch (regex) {
      case String text -> text;
      case BsonRegularExpression pattern -> pattern.getPattern();
      case null, default -> throw Refusal.badValue("$regex has to be a string");
    };
  }

  private static String options(@Nullable Object regex, @Nullable Object options) {
    if (options instanceof String text) {
      return text;
    }
    String own = regex instanceof BsonRegularExpression pattern ? pattern.getOptions() : null;
    return own == null ? "" : own;
  }

  private static Clause equal(FieldPath path, @Nullable Object value) {
    return new Clause.Equal(path, KeyBytes.of(value), KeyBytes.tag(value));
  }

  private static Clause oneOf(
      FieldPath path, String name, @Nullable Object value, QueryMatcher matcher) {
    if (!(value instanceof Collection<?> items)) {
      throw Refusal.badValue(name + " needs an array");
    }
    var keys = new ArrayList<byte[]>(items.size());
    boolean arrays = false;
    for (Object item : items) {
      if (item instanceof BsonRegularExpression) {
        return new Clause.Any(
            items.stream()
                .map(
                    i ->
                        i instanceof BsonRegularExpression
                            ? new Clause.Judged(new Document(path.dotted(), i), matcher)
                            : equal(path, i))
                .toList());
      }
      keys.add(KeyBytes.of(item));
      arrays |= item instanceof Collection<?>;
    }
    return new Clause.OneOf(path, KeyBytes.sorted(keys), arrays);
  }

  private static Clause range(
      FieldPath path, Clause.Side side, boolean inclusive, @Nullable Object value) {
    if (value == null) {
      // Nothing is greater or less than null; null itself is what "or equal" leaves.
      return inclusive ? equal(path, null) : new Clause.Any(List.of());
    }
    if (value instanceof BsonRegularExpression) {
      throw Refusal.badValue("Can't have RegEx as arg to predicate over field '" + path + "'.");
    }
    if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
      return inclusive ? equal(path, value) : new Clause.Any(List.of());
    }
    return new Clause.Range(path, side, inclusive, KeyBytes.of(value), KeyBytes.tag(value));
  }

  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case Number number -> number.doubleValue() != 0;
      default -> true;
    };
  }
}
