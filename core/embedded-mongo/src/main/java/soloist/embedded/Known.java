package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options each command knows. Any other is refused by name: a collation, a hint or a validator
 * that was taken and ignored would give wrong answers that nobody notices.
 */
final class Known {
  private static final Set<String> ALWAYS =
      Set.of("$db", "$readPreference", "comment", "writeConcern", "readConcern");

  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("insert", Set.of("documents", "ordered", "bypassDocumentValidation")),
          Map.entry("update", Set.of("updates", "ordered", "bypassDocumentValidation")),
          Map.entry("delete", Set.of("deletes", "ordered")),
          Map.entry(
              "findAndModify",
              Set.of(
                  "query",
                  "sort",
                  "remove",
                  "update",
                  "new",
                  "fields",
                  "upsert",
                  "arrayFilters",
                  "bypassDocumentValidation")),
          Map.entry(
              "find",
              Set.of(
                  "filter",
                  "sort",
                  "projection",
                  "skip",
                  "limit",
                  "batchSize",
                  "singleBatch",
                  "maxTimeMS",
                  "allowDiskUse")),
          Map.entry("count", Set.of("query", "limit", "skip", "maxTimeMS")),
          Map.entry("distinct", Set.of("key", "query")),
          Map.entry("aggregate", Set.of("pipeline", "cursor", "allowDiskUse", "maxTimeMS")),
          Map.entry("explain", Set.of("verbosity")),
          Map.entry("getMore", Set.of("collection", "batchSize")),
          Map.entry("create", Set.of()),
          Map.entry("createIndexes", Set.of("indexes")),
          Map.entry("dropIndexes", Set.of("index")),
          Map.entry(
              "listCollections", Set.of("filter", "nameOnly", "cursor", "authorizedCollections")),
          Map.entry("listIndexes", Set.of("cursor")));

  private Known() {}

  static void check(String command, Document body) {
    Set<String> known = OPTIONS.get(command);
    if (known == null) {
      return;
    }
    check(command, body, known);
    if (body.get("writeConcern") instanceof Document concern
        && concern.get("w") instanceof Number w
        && w.intValue() > 1) {
      throw Refusal.badValue("cannot use 'w' > 1 when a host is not replicated");
    }
    if (body.get("readConcern") instanceof Document concern
        && "snapshot".equals(concern.get("level"))) {
      throw Refusal.unsupported("the read concern snapshot");
    }
  }

  private static void check(String command, Document options, Set<String> known) {
    for (String option : options.keySet()) {
      boolean expected =
          option.equals(command) || known.contains(option) || ALWAYS.contains(option);
      // What is set to false asks for nothing.
      if (!expected && !Boolean.FALSE.equals(options.get(option))) {
        throw Refusal.unsupported("the option " + option + " of " + command);
      }
    }
  }

  /** Checks the statements inside an update or delete. */
  static void checkStatements(String command, List<Document> statements, Set<String> known) {
    statements.forEach(statement -> check(command, statement, known));
  }
}
