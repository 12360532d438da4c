package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static soloist.embedded.QueryContract.all;
import static soloist.embedded.QueryContract.json;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ExplainVerbosity;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes are chosen as they should be, and never change an answer. */
class IndexTest {
  @TempDir Path directory;
  private Served served;
  private MongoCollection<Document> people;

  @BeforeEach
  void open() {
    served = Served.in(directory);
    people = served.collection("people");
    var documents = new ArrayList<Document>();
    for (int i = 0; i < 500; i++) {
      documents.add(
          new Document("_id", i)
              .append("segment", "s" + i % 10)
              .append("score", i % 50)
              .append("tags", List.of("t" + i % 3, "t" + i % 7))
              .append("note", i % 2 == 0 ? null : "n" + i));
    }
    people.insertMany(documents);
    people.createIndex(json("{segment: 1, score: -1}"), new IndexOptions().name("both"));
    people.createIndex(json("{score: 1}"), new IndexOptions().name("score"));
    people.createIndex(json("{tags: 1}"), new IndexOptions().name("tags"));
  }

  @AfterEach
  void close() {
    served.close();
  }

  /** Which index a query used, whether it sorted, and how many keys it read. */
  private record Used(String index, boolean sorted, int keys, int returned) {}

  private static Used used(FindIterable<Document> query) {
    Document explained = query.explain(ExplainVerbosity.EXECUTION_STATS);
    Document plan =
        explained.get("queryPlanner", Document.class).get("winningPlan", Document.class);
    boolean sorted = plan.getString("stage").equals("SORT");
    Document source = sorted ? plan.get("inputStage", Document.class) : plan;
    Document stats = explained.get("executionStats", Document.class);
    return new Used(
        source.getString("stage").equals("COLLSCAN") ? "none" : source.getString("indexName"),
        sorted,
        ((Number) stats.get("totalKeysExamined")).intValue(),
        stats.getInteger("nReturned"));
  }

  private Used used(String query) {
    return used(people.find(json(query)));
  }

  @Test
  void usesTheIdFirst() {
    assertEquals(new Used("_id_", false, 1, 1), used("{_id: 7, segment: 's7'}"));
    assertEquals(new Used("_id_", false, 3, 3), used("{_id: {$in: [1, 2, 3]}}"));
    assertEquals(new Used("_id_", false, 3, 1), used("{_id: {$in: [1, 2, 3]}, score: 2}"));
  }

  @Test
  void usesALoneEquality() {
    assertEquals(new Used("both", false, 50, 50), used("{segment: 's1'}"));
    assertEquals(new Used("score", false, 10, 10), used("{score: 3}"));
  }

  @Test
  void usesTheLongestPrefixAlsoInsideAnd() {
    assertEquals(new Used("both", false, 10, 10), used("{score: 1, segment: 's1'}"));
    Bson and = Filters.and(Filters.eq("segment", "s1"), Filters.and(Filters.eq("score", 1)));
    assertEquals(new Used("both", false, 10, 10), used(people.find(and)));
  }

  @Test
  void usesInAndRanges() {
    assertEquals(
        new Used("both", false, 60, 60),
        used("{segment: {$in: ['s1', 's2', 'sx']}, score: {$gte: 21}}"));
    assertEquals(new Used("score", false, 20, 20), used("{score: {$gt: 5, $lte: 7}}"));
    assertEquals(new Used("score", false, 50, 50), used("{score: {$lt: 5}}"));
  }

  @Test
  void readsInOrderAndStopsAtTheLimit() {
    Used top = used(people.find(json("{segment: 's1'}")).sort(json("{score: -1}")).limit(5));
    assertEquals("both", top.index());
    assertEquals(false, top.sorted());
    assertTrue(top.keys() <= 6, () -> "keys: " + top.keys());

    Used backwards =
        used(people.find(json("{score: {$gte: 10}}")).sort(json("{score: -1}")).limit(3));
    assertEquals(false, backwards.sorted());
    assertTrue(backwards.keys() <= 4, () -> "keys: " + backwards.keys());

    Used byId = used(people.find().sort(json("{_id: -1}")).limit(3));
    assertEquals(false, byId.sorted());
    assertTrue(byId.keys() <= 4, () -> "keys: " + byId.keys());
  }

  @Test
  void sortsInMemoryWhereNoIndexHelps() {
    assertEquals(
        new Used("both", true, 50, 5),
        used(people.find(json("{segment: 's1'}")).sort(json("{note: 1}")).limit(5)));
    assertEquals("none", used("{note: 'n1'}").index());
  }

  @Test
  void usesMultikeyIndexesWithoutDoubles() {
    assertEquals("tags", used("{tags: 't1'}").index());
    long distinct =
        people.find(json("{tags: {$in: ['t1', 't2']}}")).into(new ArrayList<>()).stream()
            .map(d -> d.get("_id"))
            .distinct()
            .count();
    assertEquals(distinct, people.countDocuments(json("{tags: {$in: ['t1', 't2']}}")));
  }

  @Test
  void servesCountUpdateDeleteAndAggregateFromTheIndex() {
    for (String command :
        List.of(
            "{count: 'people', query: {segment: 's1'}}",
            "{distinct: 'people', key: 'score', query: {segment: 's1'}}",
            "{findAndModify: 'people', query: {segment: 's1'}, update: {$set: {a: 1}}}",
            "{update: 'people', updates: [{q: {segment: 's1'}, u: {$set: {a: 1}}}]}",
            "{delete: 'people', deletes: [{q: {segment: 's1'}, limit: 0}]}",
            "{aggregate: 'people', pipeline: [{$match: {segment: 's1'}}], cursor: {}}")) {
      Document plan =
          served
              .client()
              .getDatabase("test")
              .runCommand(
                  new Document("explain", json(command)).append("verbosity", "queryPlanner"))
              .get("queryPlanner", Document.class)
              .get("winningPlan", Document.class);
      assertEquals("both", plan.getString("indexName"), command);
    }
    assertEquals(50, people.countDocuments(json("{segment: 's1'}")));
    assertEquals(
        50,
        people
            .updateMany(json("{segment: 's1'}"), json("{$set: {segment: 'x'}}"))
            .getModifiedCount());
    assertEquals(0, people.countDocuments(json("{segment: 's1'}")));
    assertEquals(50, people.deleteMany(json("{segment: 'x'}")).getDeletedCount());
    assertEquals(450, people.countDocuments());
  }

  @Test
  void changesEachDocumentOnceThoughItMovesInTheIndexRead() {
    people.updateMany(json("{score: {$in: [1, 2, 3]}}"), json("{$inc: {score: 1, moved: 1}}"));

    assertEquals(30, people.countDocuments(json("{moved: 1}")));
  }

  @Test
  void leavesOutOfASparseIndexWhatLacksTheField() {
    people.createIndex(json("{vip: 1}"), new IndexOptions().sparse(true).name("vip"));
    people.updateOne(json("{_id: 1}"), json("{$set: {vip: true}}"));

    assertEquals(new Used("vip", false, 1, 1), used("{vip: true}"));
    assertEquals("none", used("{vip: null}").index());
    assertEquals(499, people.countDocuments(json("{vip: null}")));
    assertEquals(500, people.find().sort(json("{vip: 1}")).into(new ArrayList<>()).size());
  }

  @Test
  void answersTheSameWithAndWithoutIndexes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var plain = served.collection("plain");
    plain.insertMany(people.find().into(new ArrayList<>()));
    for (int i = 0; i < 300; i++) {
      Document query = query(random);
      Document sort =
          random.nextBoolean()
              ? json("{score: -1, _id: 1}")
              : json("{segment: 1, score: -1, _id: 1}");
      int limit = random.nextInt(3) * 7;

      var expected = plain.find(query).sort(sort).limit(limit).into(new ArrayList<>());
      var found = people.find(query).sort(sort).limit(limit).into(new ArrayList<>());

      assertEquals(expected, found, () -> "seed " + seed + ", query " + query.toJson());
    }
  }

  private static Document query(Random random) {
    var query = new Document();
    if (random.nextBoolean()) {
      query.append(
          "segment",
          random.nextBoolean()
              ? "s" + random.nextInt(11)
              : new Document("$in", List.of("s" + random.nextInt(10), "s" + random.nextInt(10))));
    }
    if (random.nextBoolean()) {
      query.append(
          "score", new Document("$gte", random.nextInt(50)).append("$lt", random.nextInt(60)));
    }
    if (random.nextInt(3) == 0) {
      query.append(
          "tags",
          new Document("$gt", "t" + random.nextInt(7)).append("$lte", "t" + random.nextInt(7)));
    }
    if (random.nextInt(4) == 0) {
      query.append("note", null);
    }
    return query;
  }

  @Test
  void buildsAUniqueIndexOrSaysWhyNot() {
    var refused =
        assertThrows(
            DuplicateKeyException.class,
            () -> people.createIndex(json("{segment: 1}"), new IndexOptions().unique(true)));

    assertEquals(11000, refused.getCode());
    assertEquals(4, people.listIndexes().into(new ArrayList<>()).size());
  }

  @Test
  void letsOthersWriteWhileAnIndexIsBuilt() throws Exception {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < 20_000; i++) {
      documents.add(new Document("_id", i).append("k", i % 100));
    }
    var busy = served.collection("busy");
    busy.insertMany(documents);
    try (var threads = Executors.newFixedThreadPool(2)) {
      Callable<String> building = () -> busy.createIndex(json("{k: 1}"));
      var built = threads.submit(building);
      int during = 0;
      while (!built.isDone()) {
        busy.updateOne(new Document("_id", during), json("{$set: {k: -1}}"));
        busy.deleteOne(new Document("_id", 10_000 + during++));
      }
      built.get(10, TimeUnit.SECONDS);

      int changed = during;
      assertTrue(changed > 2, () -> "only " + changed + " writes during the build");
      assertEquals(changed, busy.countDocuments(json("{k: -1}")));
      assertEquals(20_000 - changed, busy.countDocuments(json("{k: {$gte: -1}}")));
    }
  }

  @Test
  void expiresDocuments() {
    served.close();
    var later = Clock.fixed(Instant.parse("2026-01-01T01:00:00Z"), ZoneOffset.UTC);
    var settings =
        new EmbeddedMongo.Settings(
            0, "", true, later, Duration.ofMillis(20), Duration.ofMinutes(10));
    served = Served.in(directory, settings);
    var sessions = served.collection("sessions");
    sessions.createIndex(
        json("{seen: 1}"), new IndexOptions().expireAfter(1800L, TimeUnit.SECONDS));
    sessions.insertMany(
        List.of(
            new Document("_id", "old")
                .append("seen", Date.from(Instant.parse("2026-01-01T00:29:00Z"))),
            new Document("_id", "new")
                .append("seen", Date.from(Instant.parse("2026-01-01T00:31:00Z"))),
            new Document("_id", "no date").append("seen", "yesterday")));

    Wait.until(
        "the old session is gone", Duration.ofSeconds(5), () -> sessions.countDocuments() == 2);

    assertEquals(0, sessions.countDocuments(json("{_id: 'old'}")));
  }

  @Test
  void countsWithoutReadingWhereAnIndexKnows() {
    people.insertOne(json("{_id: 'bare'}"));
    people.insertOne(json("{_id: 'several', score: [3, 4], segment: 's1', tags: []}"));
    people.createIndex(json("{note: 1}"), new IndexOptions().sparse(true));
    List<String> known =
        List.of(
            "{note: 'n7'}",
            "{note: {$in: ['n7', 'n9', 'none']}}",
            "{note: {$gt: 'n1', $lte: 'n3'}}",
            "{note: {$gte: 'z'}}",
            "{tags: 't1'}",
            "{tags: 'none'}",
            "{score: 3}",
            "{_id: {$lt: 250}}",
            "{_id: {$in: [3, 4, 'bare', 'none']}}");
    List<String> unknown =
        List.of(
            "{tags: {$in: ['t1', 't2']}}",
            "{tags: {$gte: 't1'}}",
            "{tags: null}",
            "{score: {$in: [3, 4]}}",
            "{segment: 's1'}",
            "{note: 'n7', _id: {$gt: 3}}",
            "{note: null}",
            "{note: {$ne: 'n7'}}");

    for (String query : known) {
      assertEquals(found(query), counted(query).orElseThrow(), query);
    }
    for (String query : unknown) {
      assertTrue(counted(query).isEmpty(), query);
    }
    for (String query : Stream.concat(known.stream(), unknown.stream()).toList()) {
      assertEquals(found(query), people.countDocuments(json(query)), query);
      assertEquals(
          Math.clamp(found(query) - 1, 0, 2),
          people.countDocuments(json(query), new CountOptions().skip(1).limit(2)),
          query);
    }
  }

  private long found(String query) {
    return people.find(json(query)).into(new ArrayList<>()).size();
  }

  /** What the indexes alone tell. */
  private OptionalLong counted(String query) {
    byte[] bytes = RawBsonDocument.parse(query).getByteBuffer().array();
    return served
        .store()
        .engine()
        .catalog()
        .find("test", "people")
        .scan(Filter.of(BsonReader.decode(bytes)), null)
        .counted();
  }

  @Test
  void keepsIndexesWhenClosedAndOpened() {
    served.close();
    served = Served.in(directory);
    people = served.collection("people");

    assertEquals(new Used("both", false, 10, 10), used("{score: 1, segment: 's1'}"));
    assertEquals(
        all(
            "{v: 2, key: {_id: 1}, name: '_id_'}",
            "{v: 2, key: {segment: 1, score: -1}, name: 'both'}",
            "{v: 2, key: {score: 1}, name: 'score'}",
            "{v: 2, key: {tags: 1}, name: 'tags'}"),
        people.listIndexes().into(new ArrayList<>()));
    assertEquals(true, used("{tags: {$gt: 't1', $lt: 't3'}}").returned() > 0);
  }
}
