package soloist.embedded;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static soloist.embedded.QueryContract.all;
import static soloist.embedded.QueryContract.json;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/** Writes that do what MongoDB's manual prints; each test names the page. */
interface WriteContract {
  /** An empty collection of its own for each call. */
  MongoCollection<Document> fresh();

  private MongoCollection<Document> with(String... documents) {
    var collection = fresh();
    collection.insertMany(all(documents));
    return collection;
  }

  private static void updates(
      MongoCollection<Document> collection, String update, String expected) {
    collection.updateOne(json("{}"), json(update));
    assertEquals(json(expected), collection.find().first());
  }

  /** Manual: "$inc". */
  @Test
  default void increments() {
    updates(
        with("{_id: 1, sku: 'abc123', quantity: 10, metrics: {orders: 2, ratings: 3.5}}"),
        "{$inc: {quantity: -2, 'metrics.orders': 1}}",
        "{_id: 1, sku: 'abc123', quantity: 8, metrics: {orders: 3, ratings: 3.5}}");
  }

  /** Manual: "$set" and "$unset". */
  @Test
  default void setsAndUnsets() {
    var products =
        with("{_id: 100, quantity: 250, details: {model: '14QQ', make: 'xyz'}, tags: ['apparel']}");

    updates(
        products,
        "{$set: {quantity: 500, 'details.make': 'Kustom Kidz', 'tags.0': 'rain gear'}}",
        "{_id: 100, quantity: 500, details: {model: '14QQ', make: 'Kustom Kidz'},"
            + " tags: ['rain gear']}");
    updates(
        products,
        "{$unset: {quantity: '', 'details.model': ''}}",
        "{_id: 100, details: {make: 'Kustom Kidz'}, tags: ['rain gear']}");
  }

  /** Manual: "$addToSet", value that exists, and the $each modifier. */
  @Test
  default void addsToASetOnce() {
    var inventory = with("{_id: 2, item: 'cable', tags: ['electronics', 'supplies']}");

    updates(
        inventory,
        "{$addToSet: {tags: {$each: ['camera', 'electronics', 'accessories']}}}",
        "{_id: 2, item: 'cable', tags: ['electronics', 'supplies', 'camera', 'accessories']}");
  }

  /** Manual: "$push", with multiple modifiers. */
  @Test
  default void pushesSortsAndSlices() {
    updates(
        with(
            "{_id: 5, quizzes: [{wk: 1, score: 10}, {wk: 2, score: 8}, {wk: 3, score: 5},"
                + " {wk: 4, score: 6}]}"),
        "{$push: {quizzes: {$each: [{wk: 5, score: 8}, {wk: 6, score: 7}, {wk: 7, score: 6}],"
            + " $sort: {score: -1}, $slice: 3}}}",
        "{_id: 5, quizzes: [{wk: 1, score: 10}, {wk: 2, score: 8}, {wk: 5, score: 8}]}");
  }

  /** Manual: "$pull", "$min", "$max", "$mul" and "$rename". */
  @Test
  default void pullsAndCompares() {
    updates(
        with("{_id: 1, fruits: ['apples', 'pears', 'oranges', 'grapes', 'bananas']}"),
        "{$pull: {fruits: {$in: ['apples', 'oranges']}}}",
        "{_id: 1, fruits: ['pears', 'grapes', 'bananas']}");
    updates(
        with("{_id: 1, highScore: 800, lowScore: 200}"),
        "{$max: {highScore: 950}, $min: {lowScore: 150}}",
        "{_id: 1, highScore: 950, lowScore: 150}");
    updates(
        with("{_id: 2, item: 'Widget', price: {$numberLong: '100'}}"),
        "{$mul: {price: {$numberInt: '10'}}}",
        "{_id: 2, item: 'Widget', price: {$numberLong: '1000'}}");
    updates(with("{_id: 1, nmae: 'x'}"), "{$rename: {nmae: 'name'}}", "{_id: 1, name: 'x'}");
  }

  /** Manual: "$ (update)" and "$[&lt;identifier&gt;]". */
  @Test
  default void updatesItemsOfArrays() {
    var first = with("{_id: 1, grades: [85, 80, 80]}");
    first.updateOne(json("{_id: 1, grades: 80}"), json("{$set: {'grades.$': 82}}"));
    assertEquals(json("{_id: 1, grades: [85, 82, 80]}"), first.find().first());

    var students =
        with(
            "{_id: 1, grades: [95, 92, 90]}",
            "{_id: 2, grades: [98, 100, 102]}",
            "{_id: 3, grades: [95, 110, 100]}");
    var result =
        students.updateMany(
            json("{grades: {$gte: 100}}"),
            json("{$set: {'grades.$[element]': 100}}"),
            new UpdateOptions().arrayFilters(all("{element: {$gte: 100}}")));
    assertEquals(2, result.getModifiedCount());
    assertEquals(
        all(
            "{_id: 1, grades: [95, 92, 90]}",
            "{_id: 2, grades: [98, 100, 100]}",
            "{_id: 3, grades: [95, 100, 100]}"),
        students.find().into(new ArrayList<>()));
  }

  /** Manual: "$setOnInsert" and "db.collection.updateOne()", upsert. */
  @Test
  default void upserts() {
    var products = fresh();
    var update = json("{$set: {item: 'apple'}, $setOnInsert: {defaultQty: 100}}");

    var inserted = products.updateOne(json("{_id: 1}"), update, new UpdateOptions().upsert(true));
    var matched = products.updateOne(json("{_id: 1}"), update, new UpdateOptions().upsert(true));

    assertEquals(1, inserted.getUpsertedId().asNumber().intValue());
    assertEquals(1, matched.getMatchedCount());
    assertEquals(0, matched.getModifiedCount());
    assertEquals(json("{_id: 1, item: 'apple', defaultQty: 100}"), products.find().first());
  }

  /** Manual: "db.collection.replaceOne()". */
  @Test
  default void replaces() {
    var restaurants = with("{_id: 1, name: 'Central Perk Cafe', Borough: 'Manhattan'}");

    var replaced =
        restaurants.replaceOne(
            json("{name: 'Central Perk Cafe'}"),
            json("{name: 'Central Pork Cafe', Borough: 'Manhattan'}"));
    var upserted =
        restaurants.replaceOne(
            json("{_id: 4}"), json("{name: 'Pizza Rat'}"), new ReplaceOptions().upsert(true));

    assertEquals(1, replaced.getModifiedCount());
    assertEquals(4, upserted.getUpsertedId().asNumber().intValue());
    assertEquals(
        all(
            "{_id: 1, name: 'Central Pork Cafe', Borough: 'Manhattan'}",
            "{_id: 4, name: 'Pizza Rat'}"),
        restaurants.find().sort(json("{_id: 1}")).into(new ArrayList<>()));
  }

  /** Manual: "Update Documents", _id field: it cannot be changed. */
  @Test
  default void refusesToChangeTheId() {
    var collection = with("{_id: 1, a: 1}");

    var refused =
        assertThrows(
            MongoWriteException.class,
            () -> collection.updateOne(json("{a: 1}"), json("{$set: {_id: 2}}")));
    assertEquals(66, refused.getCode());
    var replaced =
        assertThrows(
            MongoWriteException.class,
            () -> collection.replaceOne(json("{a: 1}"), json("{_id: 2}")));
    assertEquals(66, replaced.getCode());
  }

  /** Manual: "db.collection.findAndModify()", update and return, upsert, sort and remove. */
  @Test
  default void findsAndModifies() {
    var people =
        with(
            "{_id: 1, name: 'Tom', state: 'active', rating: 100, score: 5}",
            "{_id: 2, name: 'Tom', state: 'active', rating: 50, score: 3}");
    var query = json("{name: 'Tom', state: 'active', rating: {$gt: 10}}");
    var byRating = new FindOneAndUpdateOptions().sort(json("{rating: 1}"));

    var before = people.findOneAndUpdate(query, json("{$inc: {score: 1}}"), byRating);
    var after =
        people.findOneAndUpdate(
            query, json("{$inc: {score: 1}}"), byRating.returnDocument(ReturnDocument.AFTER));
    var made =
        people.findOneAndUpdate(
            json("{name: 'Gus'}"),
            json("{$inc: {score: 1}}"),
            new FindOneAndUpdateOptions()
                .upsert(true)
                .returnDocument(ReturnDocument.AFTER)
                .projection(json("{_id: 0}")));

    assertEquals(3, before.getInteger("score"));
    assertEquals(5, after.getInteger("score"));
    assertEquals(json("{name: 'Gus', score: 1}"), made);
    assertEquals(1, people.findOneAndDelete(json("{rating: 100}")).get("_id"));
    assertNull(people.findOneAndDelete(json("{rating: 100}")));
    assertNull(
        people.findOneAndUpdate(
            json("{name: 'nobody'}"),
            json("{$set: {a: 1}}"),
            new FindOneAndUpdateOptions().projection(json("{a: 1}"))));
  }

  /** Manual: "db.collection.insertMany()", unordered inserts: the others go in. */
  @Test
  default void insertsWhatIsAbsent() {
    var products = fresh();

    var error =
        assertThrows(
            MongoBulkWriteException.class,
            () ->
                products.insertMany(
                    all(
                        "{_id: 10, item: 'large box', qty: 20}",
                        "{_id: 11, item: 'small box', qty: 55}",
                        "{_id: 11, item: 'medium box', qty: 30}",
                        "{_id: 12, item: 'envelope', qty: 100}",
                        "{_id: 13, item: 'stamps', qty: 125}",
                        "{_id: 13, item: 'tape', qty: 20}",
                        "{_id: 14, item: 'bubble wrap', qty: 30}"),
                    new InsertManyOptions().ordered(false)));

    assertEquals(5, error.getWriteResult().getInsertedCount());
    assertEquals(
        List.of(2, 5), error.getWriteErrors().stream().map(BulkWriteError::getIndex).toList());
    assertEquals(
        List.of(11000, 11000),
        error.getWriteErrors().stream().map(BulkWriteError::getCode).collect(toList()));
    assertEquals(5, products.countDocuments());
  }

  /** Manual: "Bulk Write Operations", ordered: nothing after the first error. */
  @Test
  default void stopsAnOrderedBulkAtTheFirstError() {
    var collection = with("{_id: 1, a: 1}", "{_id: 2, a: 2}");
    collection.createIndex(json("{a: 1}"), new IndexOptions().unique(true));

    var error =
        assertThrows(
            MongoBulkWriteException.class,
            () ->
                collection.bulkWrite(
                    List.of(
                        new UpdateOneModel<>(json("{_id: 1}"), json("{$set: {b: 1}}")),
                        new UpdateOneModel<>(json("{_id: 1}"), json("{$set: {a: 2}}")),
                        new UpdateOneModel<>(json("{_id: 2}"), json("{$set: {b: 1}}")))));

    assertEquals(1, error.getWriteResult().getModifiedCount());
    assertEquals(1, error.getWriteErrors().getFirst().getIndex());
    assertEquals(
        all("{_id: 1, a: 1, b: 1}", "{_id: 2, a: 2}"),
        collection.find().sort(json("{_id: 1}")).into(new ArrayList<>()));
  }

  /** Manual: "db.collection.bulkWrite()": all kinds in one. */
  @Test
  default void writesInBulk() {
    var pizzas =
        with(
            "{_id: 0, type: 'pepperoni', size: 'small', price: 4}",
            "{_id: 1, type: 'cheese', size: 'medium', price: 7}",
            "{_id: 2, type: 'vegan', size: 'large', price: 8}");

    var result =
        pizzas.bulkWrite(
            List.of(
                new InsertOneModel<>(json("{_id: 3, type: 'beef', size: 'medium', price: 6}")),
                new InsertOneModel<>(json("{_id: 4, type: 'sausage', size: 'large', price: 10}")),
                new UpdateOneModel<>(json("{type: 'cheese'}"), json("{$set: {price: 8}}")),
                new DeleteOneModel<>(json("{type: 'pepperoni'}")),
                new ReplaceOneModel<>(
                    json("{type: 'vegan'}"), json("{type: 'tofu', size: 'small', price: 4}"))),
            new BulkWriteOptions().ordered(true));

    assertEquals(2, result.getInsertedCount());
    assertEquals(2, result.getMatchedCount());
    assertEquals(2, result.getModifiedCount());
    assertEquals(1, result.getDeletedCount());
    assertEquals(4, pizzas.countDocuments());
  }

  /** Manual: "Unique Indexes" and "Sparse Indexes", sparse and unique. */
  @Test
  default void keepsUniqueIndexes() {
    var scores = fresh();
    scores.createIndex(json("{score: 1}"), new IndexOptions().unique(true).sparse(true));
    scores.insertMany(
        all("{userid: 'newbie'}", "{userid: 'abby', score: 82}", "{userid: 'nina', score: 90}"));

    scores.insertMany(
        all(
            "{userid: 'AAAAAAA', score: 43}",
            "{userid: 'BBBBBBB', score: 34}",
            "{userid: 'CCCCCCC'}",
            "{userid: 'CCCCCCC'}"));
    var error =
        assertThrows(
            MongoWriteException.class,
            () -> scores.insertOne(json("{userid: 'AAAAAAA', score: 82}")));

    assertEquals(11000, error.getCode());
    assertEquals(7, scores.countDocuments());
    scores.updateOne(json("{score: 82}"), json("{$set: {score: 83}}"));
    scores.insertOne(json("{userid: 'again', score: 82}"));
    assertEquals(2, scores.countDocuments(json("{score: {$in: [82, 83]}}")));
  }

  /** Manual: "BSON Types", binary data: subtypes come back as they went in. */
  @Test
  default void keepsSubtypesOfBinary() {
    for (byte subtype : new byte[] {0, 4, 5, (byte) 128}) {
      var files = fresh();
      var data = new Binary(subtype, new byte[16]);

      files.insertOne(new Document("_id", data).append("md5", data));

      assertEquals(data, files.find(new Document("_id", data)).first().get("md5"));
      assertEquals(1, files.countDocuments(new Document("md5", data)));
    }
  }

  /** Manual: "db.collection.deleteMany()". */
  @Test
  default void deletes() {
    var orders =
        with("{_id: 1, stock: 'x', limit: 1}", "{_id: 2, stock: 'x', limit: 2}", "{_id: 3}");

    assertEquals(1, orders.deleteOne(json("{stock: 'x'}")).getDeletedCount());
    assertEquals(1, orders.deleteMany(json("{stock: 'x'}")).getDeletedCount());
    assertEquals(1, orders.countDocuments());
  }

  /** Manual: "Multikey Indexes", parallel arrays are refused. */
  @Test
  default void refusesTwoArraysInOneIndex() {
    var collection = fresh();
    collection.createIndex(json("{a: 1, b: 1}"));
    collection.insertOne(json("{_id: 1, a: [1, 2], b: 1}"));
    collection.insertOne(json("{_id: 2, a: 1, b: [1, 2]}"));

    var error =
        assertThrows(
            MongoWriteException.class, () -> collection.insertOne(json("{a: [1], b: [1]}")));

    assertEquals(171, error.getCode());
  }
}
