package soloist.embedded;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** find, count, distinct, aggregate and explain. They take no lock and never wait for a write. */
final class ReadCommands {
  private static final Set<String> WRITING = Set.of("$out", "$merge");
  private static final Set<String> REFUSED = Set.of("$indexStats", "$changeStream", "$collStats");

  private final Catalog catalog;
  private final Cursors cursors;

  ReadCommands(Catalog catalog, Cursors cursors) {
    this.catalog = catalog;
    this.cursors = cursors;
  }

  private static long natural(Document body, String name) {
    long value = Part.number(body, name, 0);
    if (value < 0) {
      throw Refusal.of(51024, "Location51024", "'" + name + "' must be 0 or more, not " + value);
    }
    return value;
  }

  Document find(String database, Document body) {
    String name = Part.text(body, "find");
    StoredCollection collection = catalog.find(database, name);
    Filter filter = Filter.of(Part.optional(body, "filter"));
    Document sort = Part.optional(body, "sort");
    Document projection = Part.optional(body, "projection");
    long skip = natural(body, "skip");
    long limit = natural(body, "limit");
    String namespace = database + "." + name;
    if (collection == null) {
      return cursors.first(namespace, body, Cursors.FIRST_BATCH, Collections::emptyIterator);
    }
    Scan scan = collection.scan(filter, sort).within(Part.number(body, "maxTimeMS", 0));
    return cursors.first(
        namespace,
        body,
        scan.plan().namesAll() ? Cursors.WHOLE : Cursors.FIRST_BATCH,
        () -> {
          Iterator<RawBson> found = Ordering.apply(scan, sort, skip, limit);
          if (projection == null || projection.isEmpty()) {
            return found;
          }
          return stream(found)
              .map(raw -> RawBson.of(collection.project(raw.document(), projection)))
              .iterator();
        });
  }

  private static Stream<RawBson> stream(Iterator<RawBson> found) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED), false);
  }

  Document count(String database, Document body) {
    StoredCollection collection = catalog.find(database, Part.text(body, "count"));
    Filter filter = Filter.of(Part.optional(body, "query"));
    // A negative limit means its amount here (manual: "count").
    long limit = Math.abs(Part.number(body, "limit", 0));
    long n =
        collection == null
            ? 0
            : count(
                collection,
                filter,
                Part.number(body, "skip", 0),
                limit,
                Part.number(body, "maxTimeMS", 0));
    return new Document("n", Leading.narrow(n)).append("ok", 1.0);
  }

  private static long count(
      StoredCollection collection, Filter filter, long skip, long limit, long maxTime) {
    long n = 0;
    if (filter.isEmpty()) {
      n = collection.documents().size();
    } else {
      Scan scan = collection.scan(filter, null).within(maxTime);
      n = scan.counted().orElseGet(() -> scan.count(limit == 0 ? Long.MAX_VALUE : skip + limit));
    }
    n = Math.max(0, n - skip);
    return limit == 0 ? n : Math.min(limit, n);
  }

  Document distinct(String database, Document body) {
    StoredCollection collection = catalog.find(database, Part.text(body, "distinct"));
    if (collection == null) {
      return new Document("values", List.of()).append("ok", 1.0);
    }
    var query = new Document("key", body.get("key"));
    Document filter = Part.optional(body, "query");
    query.append("query", filter == null ? new Document() : filter);
    return collection.handleDistinct(query);
  }

  Document aggregate(String database, Document body) {
    if (!(body.get("aggregate") instanceof String name)) {
      throw Refusal.unsupported("an aggregation over a whole database");
    }
    List<Document> pipeline = Aggregation.parse(body.get("pipeline"));
    Document options = Part.optional(body, "cursor");
    if (options == null) {
      throw Refusal.of(9, "FailedToParse", "The 'cursor' option is required");
    }
    for (Document stage : pipeline) {
      String kind = stage.isEmpty() ? "" : stage.keySet().iterator().next();
      if (WRITING.contains(kind) || REFUSED.contains(kind)) {
        throw Refusal.unsupported("the stage " + kind);
      }
    }
    StoredCollection collection = catalog.find(database, name);
    return cursors.first(
        database + "." + name,
        options,
        Cursors.FIRST_BATCH,
        () ->
            collection == null
                ? List.<RawBson>of().iterator()
                : results(database, collection, pipeline, Part.number(body, "maxTimeMS", 0)));
  }

  private Iterator<RawBson> results(
      String database, StoredCollection collection, List<Document> pipeline, long maxTime) {
    Leading leading = Leading.of(pipeline);
    Filter filter = Filter.of(leading.query());
    if (leading.isCount()) {
      Document counted =
          leading.counted(count(collection, filter, leading.skip(), leading.limit(), maxTime));
      return counted == null
          ? List.<RawBson>of().iterator()
          : List.of(RawBson.of(counted)).iterator();
    }
    Scan scan = collection.scan(filter, leading.sort()).within(maxTime);
    Stream<Document> found =
        stream(Ordering.apply(scan, leading.sort(), 0, leading.limit())).map(RawBson::document);
    if (leading.rest().isEmpty()) {
      return found.map(RawBson::of).iterator();
    }
    StoredDatabase own = catalog.database(database);
    Aggregation aggregation =
        Aggregation.fromPipeline(
            leading.rest(), catalog::database, own, collection, NoopOplog.get());
    return aggregation.runStagesAsStream(found).map(RawBson::of).iterator();
  }

  /** Shows the plan of a command, and what it cost to run it unless only the plan is asked for. */
  Document explain(String database, Document body) {
    if (!(body.get("explain") instanceof Document command) || command.isEmpty()) {
      throw Refusal.of(9, "FailedToParse", "explain needs a command");
    }
    String kind = command.keySet().iterator().next();
    Known.check(kind, command);
    Document query = new Document();
    Document sort = null;
    switch (kind) {
      case "find" -> {
        query = Part.optional(command, "filter");
        sort = Part.optional(command, "sort");
      }
      case "count", "distinct" -> query = Part.optional(command, "query");
      case "findAndModify" -> {
        query = Part.optional(command, "query");
        sort = Part.optional(command, "sort");
      }
      case "aggregate" -> {
        Leading leading = Leading.of(Aggregation.parse(command.get("pipeline")));
        query = leading.query();
        sort = leading.sort();
      }
      case "update", "delete" -> query = statement(command, kind + "s");
      default -> throw Refusal.unsupported("explain of " + kind);
    }
    String name = Part.text(command, kind);
    StoredCollection collection = catalog.find(database, name);
    if (collection == null) {
      var none = new Document("winningPlan", new Document("stage", "EOF"));
      return new Document("queryPlanner", none).append("ok", 1.0);
    }
    return explained(collection, Filter.of(query), sort, command, body);
  }

  private static @Nullable Document statement(Document command, String name) {
    Object first = Part.list(command, name).iterator().next();
    return Part.optional(first instanceof RawBson raw ? raw.document() : (Document) first, "q");
  }

  private static Document explained(
      StoredCollection collection,
      Filter filter,
      @Nullable Document sort,
      Document command,
      Document body) {
    Scan scan = collection.scan(filter, sort);
    boolean sorted = sort != null && !sort.isEmpty();
    var planner =
        new Document("namespace", collection.getFullName())
            .append("winningPlan", scan.plan().explained(sorted));
    var answer = new Document("queryPlanner", planner);
    if (!"queryPlanner".equals(body.get("verbosity"))) {
      Iterator<RawBson> found =
          Ordering.apply(scan, sort, natural(command, "skip"), natural(command, "limit"));
      int returned = 0;
      while (found.hasNext()) {
        found.next();
        returned++;
      }
      answer.append(
          "executionStats",
          new Document("nReturned", returned)
              .append("totalKeysExamined", scan.keysExamined())
              .append("totalDocsExamined", scan.documentsExamined()));
    }
    return answer.append("ok", 1.0);
  }
}
