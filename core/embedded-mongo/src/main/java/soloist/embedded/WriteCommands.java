package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * insert, update, delete and findAndModify. Each command is one turn on its collection and one part
 * of one commit: after a crash it is there whole or not at all.
 */
final class WriteCommands {
  /** So many documents are looked up at once. */
  private static final int AT_ONCE = 1024;

  private final Catalog catalog;
  private final GroupCommit commit;

  WriteCommands(Catalog catalog, GroupCommit commit) {
    this.catalog = catalog;
    this.commit = commit;
  }

  Document insert(String database, Document body) {
    List<RawBson> documents = documents(body);
    return commit.write(
        () -> {
          StoredCollection collection = catalog.findOrCreate(database, Part.text(body, "insert"));
          return collection.alone(
              () -> {
                var errors = new ArrayList<Document>();
                int done =
                    each(documents.size(), body, errors, i -> collection.insert(documents.get(i)));
                return answer(new Document("n", done), errors);
              });
        });
  }

  private static List<RawBson> documents(Document body) {
    var documents = new ArrayList<RawBson>();
    for (Object item : items(body, "documents")) {
      RawBson raw = item instanceof RawBson bytes ? bytes : RawBson.of((Document) item);
      documents.add(raw.checked());
    }
    return documents;
  }

  private static Collection<?> items(Document body, String name) {
    Collection<?> items = Part.list(body, name);
    if (items.isEmpty()) {
      throw Refusal.of(16, "InvalidLength", name + " must hold at least one statement");
    }
    return items;
  }

  /**
   * The statements of a command.
   *
   * @param raw the name of a field in which a document is left as it came
   */
  private static List<Document> statements(Document body, String name, String raw) {
    var statements = new ArrayList<Document>();
    for (Object item : items(body, name)) {
      statements.add(
          item instanceof RawBson bytes
              ? new BsonReader(bytes.bytes(), 0).document(raw)
              : (Document) item);
    }
    return statements;
  }

  /** Runs the statements in turn and counts those without error; ordered stops at the first. */
  private static int each(int count, Document body, List<Document> errors, IntConsumer run) {
    boolean ordered = Filter.isTrue(body.getOrDefault("ordered", true));
    int done = 0;
    for (int i = 0; i < count; i++) {
      try {
        run.accept(i);
        done++;
      } catch (MongoServerException e) {
        errors.add(error(i, e));
        if (ordered) {
          break;
        }
      }
    }
    return done;
  }

  private static Document error(int index, MongoServerException e) {
    int code = e instanceof MongoServerError error ? error.getCode() : 1;
    return new Document("index", index)
        .append("code", code)
        .append("errmsg", e.getMessageWithoutErrorCode());
  }

  private static Document answer(Document answer, List<Document> errors) {
    if (!errors.isEmpty()) {
      answer.append("writeErrors", errors);
    }
    return answer.append("ok", 1.0);
  }

  Document update(String database, Document body) {
    List<Document> updates = statements(body, "updates", "u");
    Known.checkStatements("update", updates, Set.of("q", "u", "multi", "upsert", "arrayFilters"));
    return commit.write(
        () -> {
          StoredCollection collection = catalog.findOrCreate(database, Part.text(body, "update"));
          return collection.alone(() -> updated(collection, updates, body));
        });
  }

  private static Document updated(
      StoredCollection collection, List<Document> updates, Document body) {
    int[] counts = new int[2];
    var upserted = new ArrayList<Document>();
    var errors = new ArrayList<Document>();
    List<byte @Nullable []> ids = updates.stream().map(WriteCommands::plainId).toList();
    each(
        updates.size(),
        body,
        errors,
        i -> {
          if (i % AT_ONCE == 0) {
            expect(collection, ids.subList(i, Math.min(ids.size(), i + AT_ONCE)));
          }
          Document result = update(collection, updates.get(i), ids.get(i));
          counts[0] += (int) Part.number(result, "n");
          counts[1] += (int) Part.number(result, "nModified");
          if (result.containsKey("upserted")) {
            counts[0]++;
            upserted.add(new Document("index", i).append("_id", result.get("upserted")));
          }
        });
    var answer = new Document("n", counts[0]).append("nModified", counts[1]);
    if (!upserted.isEmpty()) {
      answer.append("upserted", upserted);
    }
    return answer(answer, errors);
  }

  /** The key of the {@code _id} that is all a statement asks for, or null. */
  private static byte @Nullable [] plainId(Document statement) {
    Object id =
        statement.get("q") instanceof Document selector && selector.size() == 1
            ? selector.get("_id")
            : null;
    return id instanceof String || id instanceof ObjectId || id instanceof Number
        ? KeyBytes.of(id)
        : null;
  }

  private static void expect(StoredCollection collection, List<byte @Nullable []> ids) {
    List<byte[]> keys = new ArrayList<>(ids);
    keys.removeIf(Objects::isNull);
    if (keys.size() > 1) {
      collection.expect(keys);
    }
  }

  private static Document update(
      StoredCollection collection, Document statement, byte @Nullable [] plainId) {
    refusePipeline(statement, "u");
    RawBson change =
        statement.get("u") instanceof RawBson raw
            ? raw.checked()
            : RawBson.of(Part.document(statement, "u"));
    boolean multi = Filter.isTrue(statement.get("multi"));
    boolean operators = change.hasOperators();
    if (multi && !operators) {
      throw Refusal.of(9, "FailedToParse", "multi update is not supported for replacement-style");
    }
    Document selector = Part.document(statement, "q");
    boolean upsert = Filter.isTrue(statement.get("upsert"));
    if (statement.containsKey("arrayFilters")) {
      Collection<?> filters = Part.list(statement, "arrayFilters");
      return collection.update(selector, change.document(), filters, multi, upsert);
    }
    var result = new Document();
    return !operators && collection.replace(selector, plainId, change, result)
        ? result
        : collection.update(selector, change.document(), multi, upsert);
  }

  private static void refusePipeline(Document whole, String name) {
    if (whole.get(name) instanceof Collection<?>) {
      throw Refusal.unsupported("an update by a pipeline");
    }
  }

  Document delete(String database, Document body) {
    List<Document> deletes = statements(body, "deletes", "");
    Known.checkStatements("delete", deletes, Set.of("q", "limit"));
    return commit.write(
        () -> {
          StoredCollection collection = catalog.find(database, Part.text(body, "delete"));
          if (collection == null) {
            return answer(new Document("n", 0), List.of());
          }
          return collection.alone(
              () -> {
                int[] deleted = new int[1];
                var errors = new ArrayList<Document>();
                each(
                    deletes.size(),
                    body,
                    errors,
                    i -> deleted[0] += deleted(collection, deletes.get(i)));
                return answer(new Document("n", deleted[0]), errors);
              });
        });
  }

  private static int deleted(StoredCollection collection, Document statement) {
    int limit = statement.get("limit") instanceof Number number ? number.intValue() : 0;
    return collection.deleteDocuments(Part.document(statement, "q"), limit, NoopOplog.get());
  }

  Document findAndModify(String database, Document body) {
    if (body.containsKey("update")) {
      refusePipeline(body, "update");
      Document unused = Part.document(body, "update");
    }
    return commit.write(
        () -> {
          StoredCollection collection =
              catalog.findOrCreate(database, Part.text(body, "findAndModify"));
          return collection.alone(() -> collection.findAndModify(body));
        });
  }
}
