package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command sees what it has changed itself, as if each statement were made at once. */
class TurnTest {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  @TempDir Path directory;
  private Served served;
  private MongoCollection<Document> people;

  @BeforeEach
  void open() {
    served = Served.in(directory);
    people = served.collection("people");
    people.createIndex(new Document("email", 1), new IndexOptions().unique(true).sparse(true));
    people.createIndex(new Document("tags", 1));
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static Document person(int id, String email) {
    return new Document("_id", id).append("email", email);
  }

  private static Document id(int id) {
    return new Document("_id", id);
  }

  private static WriteModel<Document> set(int id, String field, Object value) {
    return new UpdateOneModel<>(id(id), new Document("$set", new Document(field, value)));
  }

  private TreeMap<Integer, Object> all(String field) {
    var found = new TreeMap<Integer, Object>();
    people.find().forEach(each -> found.put(each.getInteger("_id"), each.get(field)));
    return found;
  }

  @Test
  void changesADocumentTwice() {
    people.insertMany(List.of(person(1, "a"), person(2, "b")));

    people.bulkWrite(
        List.of(
            new ReplaceOneModel<>(id(1), person(1, "c").append("count", 1)),
            new UpdateOneModel<>(id(1), new Document("$inc", new Document("count", 1))),
            new ReplaceOneModel<>(new Document("count", 2), person(1, "d").append("count", 3)),
            new UpdateOneModel<>(id(1), new Document("$inc", new Document("count", 1)))));

    assertEquals(4, people.find(id(1)).first().get("count"));
    assertEquals(1, people.find(new Document("email", "d")).first().get("_id"));
    assertEquals(0, people.find(new Document("email", "c")).into(new ArrayList<>()).size());
  }

  @Test
  void findsByAnIndexWhatItHasJustChanged() {
    people.insertMany(List.of(person(1, "a"), person(2, "b"), person(3, "c")));

    people.bulkWrite(
        List.of(
            set(1, "tags", List.of("x", "y")),
            set(2, "tags", List.of("y")),
            new UpdateManyModel<>(
                new Document("tags", "y"), new Document("$set", new Document("found", true)))));

    assertEquals("{1=true, 2=true, 3=null}", all("found").toString());
  }

  @Test
  void handsAUniqueValueOn() {
    people.insertMany(List.of(person(1, "a"), person(2, "b")));

    people.bulkWrite(List.of(set(1, "email", "c"), set(2, "email", "a"), set(1, "email", "b")));

    assertEquals("{1=b, 2=a}", all("email").toString());
  }

  @Test
  void refusesAUniqueValueTwiceInOneCommand() {
    var error =
        assertThrows(
            MongoBulkWriteException.class,
            () ->
                people.insertMany(
                    List.of(
                        person(1, "a"),
                        person(2, "b"),
                        person(3, "a"),
                        person(2, "c"),
                        person(4, "d")),
                    new InsertManyOptions().ordered(false)));

    assertEquals(List.of(2, 3), error.getWriteErrors().stream().map(e -> e.getIndex()).toList());
    assertEquals("{1=a, 2=b, 4=d}", all("email").toString());
  }

  @Test
  void keepsWhatCameBeforeARefusalInOrder() {
    people.insertMany(List.of(person(1, "a"), person(2, "b"), person(3, "c")));

    assertThrows(
        MongoBulkWriteException.class,
        () ->
            people.bulkWrite(
                List.of(set(1, "email", "d"), set(2, "email", "d"), set(3, "email", "e"))));

    assertEquals("{1=d, 2=b, 3=c}", all("email").toString());
    assertEquals(3, people.find(new Document("email", "c")).first().get("_id"));
  }

  @Test
  void changesManyDocumentsAndFindsEachByEveryIndex() {
    var random = new Random(9);
    List<Document> all =
        new ArrayList<>(IntStream.range(0, 300).mapToObj(i -> person(i, "p" + i)).toList());
    Collections.shuffle(all, random);
    people.insertMany(all);
    Collections.shuffle(all, random);
    List<WriteModel<Document>> changes = new ArrayList<>();
    for (Document each : all.subList(0, 150)) {
      int id = each.getInteger("_id");
      Document moved = person(id, "q" + id).append("tags", List.of("t" + id % 7, "all"));
      changes.add(
          id % 5 == 0 ? new DeleteManyModel<>(id(id)) : new ReplaceOneModel<>(id(id), moved));
    }

    people.bulkWrite(changes);

    int[] tagged = new int[7];
    for (int i = 0; i < all.size(); i++) {
      int id = all.get(i).getInteger("_id");
      boolean changed = i < 150;
      boolean gone = changed && id % 5 == 0;
      tagged[id % 7] += changed && !gone ? 1 : 0;
      Document found = people.find(new Document("email", (changed ? "q" : "p") + id)).first();
      assertEquals(gone ? null : (Integer) id, found == null ? null : found.getInteger("_id"));
      assertEquals(
          changed ? 0 : 1,
          people.find(new Document("email", "p" + id)).into(new ArrayList<>()).size());
    }
    for (int t = 0; t < tagged.length; t++) {
      assertEquals(tagged[t], people.countDocuments(new Document("tags", "t" + t)));
    }
  }

  @Test
  void deletesWhatItSelectsOnceOnly() {
    people.insertMany(List.of(person(1, "a"), person(2, "b"), person(3, "c")));

    var result =
        people.bulkWrite(
            List.of(
                new DeleteManyModel<>(id(1)),
                new DeleteManyModel<>(id(1)),
                new DeleteManyModel<>(new Document("email", new Document("$gte", "a")))),
            UNORDERED);

    assertEquals(3, result.getDeletedCount());
    assertEquals(0, people.countDocuments());
    people.insertOne(person(1, "a"));
  }

  @Test
  void keepsTheIdAsItWasStoredAndPutsItFirst() {
    people.insertOne(new Document("_id", 1L).append("email", "a"));

    people.replaceOne(id(1), new Document("email", "b"));
    assertEquals("[_id, email]", people.find().first().keySet().toString());
    people.replaceOne(id(1), new Document("email", "c").append("_id", 1.0));

    Document stored = people.find().first();
    assertEquals("[_id, email]", stored.keySet().toString());
    assertEquals(1L, stored.get("_id"));
    assertEquals("c", stored.get("email"));
  }
}
