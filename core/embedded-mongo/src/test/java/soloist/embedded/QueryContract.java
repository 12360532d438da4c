package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

/** Queries answered as MongoDB's manual prints them; each test names the page. */
interface QueryContract {
  /** An empty collection of its own for each call. */
  MongoCollection<Document> fresh();

  static Document json(String text) {
    return Document.parse(text);
  }

  static List<Document> all(String... texts) {
    return Arrays.stream(texts).map(Document::parse).toList();
  }

  private static List<String> items(MongoCollection<Document> collection, String query) {
    return collection
        .find(json(query))
        .map(found -> found.getString("item"))
        .into(new ArrayList<>())
        .stream()
        .sorted()
        .toList();
  }

  private MongoCollection<Document> inventory() {
    var inventory = fresh();
    inventory.insertMany(
        all(
            "{item: 'journal', qty: 25, size: {h: 14, w: 21, uom: 'cm'}, status: 'A'}",
            "{item: 'notebook', qty: 50, size: {h: 8.5, w: 11, uom: 'in'}, status: 'A'}",
            "{item: 'paper', qty: 100, size: {h: 8.5, w: 11, uom: 'in'}, status: 'D'}",
            "{item: 'planner', qty: 75, size: {h: 22.85, w: 30, uom: 'cm'}, status: 'D'}",
            "{item: 'postcard', qty: 45, size: {h: 10, w: 15.25, uom: 'cm'}, status: 'A'}"));
    return inventory;
  }

  /** Manual: "Query Documents". */
  @Test
  default void findsByEqualityInAndOr() {
    var inventory = inventory();

    assertEquals(List.of("paper", "planner"), items(inventory, "{status: 'D'}"));
    assertEquals(5, items(inventory, "{status: {$in: ['A', 'D']}}").size());
    assertEquals(List.of("journal"), items(inventory, "{status: 'A', qty: {$lt: 30}}"));
    assertEquals(
        List.of("journal", "notebook", "postcard"),
        items(inventory, "{$or: [{status: 'A'}, {qty: {$lt: 30}}]}"));
    assertEquals(
        List.of("journal", "postcard"),
        items(inventory, "{status: 'A', $or: [{qty: {$lt: 30}}, {item: {$regex: '^p'}}]}"));
    assertEquals(List.of("journal"), items(inventory, "{$and: [{status: 'A'}, {qty: {$lt: 30}}]}"));
  }

  /** Manual: "Query on Embedded/Nested Documents". */
  @Test
  default void findsByEmbeddedDocuments() {
    var inventory = inventory();

    assertEquals(List.of("journal"), items(inventory, "{size: {h: 14, w: 21, uom: 'cm'}}"));
    assertEquals(List.of(), items(inventory, "{size: {w: 21, h: 14, uom: 'cm'}}"));
    assertEquals(List.of("notebook", "paper"), items(inventory, "{'size.uom': 'in'}"));
    assertEquals(
        List.of("planner"),
        items(inventory, "{'size.h': {$gt: 15}, 'size.uom': 'cm', status: 'D'}"));
  }

  private MongoCollection<Document> tagged(boolean indexed) {
    var inventory = fresh();
    if (indexed) {
      inventory.createIndex(json("{tags: 1}"));
      inventory.createIndex(json("{dim_cm: -1}"));
    }
    inventory.insertMany(
        all(
            "{item: 'journal', qty: 25, tags: ['blank', 'red'], dim_cm: [14, 21]}",
            "{item: 'notebook', qty: 50, tags: ['red', 'blank'], dim_cm: [14, 21]}",
            "{item: 'paper', qty: 100, tags: ['red', 'blank', 'plain'], dim_cm: [14, 21]}",
            "{item: 'planner', qty: 75, tags: ['blank', 'red'], dim_cm: [22.85, 30]}",
            "{item: 'postcard', qty: 45, tags: ['blue'], dim_cm: [10, 15.25]}"));
    return inventory;
  }

  /** Manual: "Query an Array". */
  @Test
  default void findsByArraysWithAndWithoutAnIndex() {
    for (boolean indexed : new boolean[] {false, true}) {
      var inventory = tagged(indexed);

      assertEquals(List.of("notebook"), items(inventory, "{tags: ['red', 'blank']}"));
      assertEquals(
          List.of("journal", "notebook", "paper", "planner"),
          items(inventory, "{tags: {$all: ['red', 'blank']}}"));
      assertEquals(
          List.of("journal", "notebook", "paper", "planner"), items(inventory, "{tags: 'red'}"));
      assertEquals(List.of("planner"), items(inventory, "{dim_cm: {$gt: 25}}"));
      assertEquals(
          List.of("journal", "notebook", "paper", "postcard"),
          items(inventory, "{dim_cm: {$gt: 15, $lt: 20}}"));
      assertEquals(
          List.of("planner"), items(inventory, "{dim_cm: {$elemMatch: {$gt: 22, $lt: 30}}}"));
      assertEquals(List.of("planner"), items(inventory, "{'dim_cm.1': {$gt: 25}}"));
      assertEquals(List.of("paper"), items(inventory, "{tags: {$size: 3}}"));
    }
  }

  /** Manual: "Query an Array of Embedded Documents". */
  @Test
  default void findsByArraysOfDocumentsWithAndWithoutAnIndex() {
    for (boolean indexed : new boolean[] {false, true}) {
      var inventory = fresh();
      if (indexed) {
        inventory.createIndex(json("{'instock.qty': 1, 'instock.warehouse': 1}"));
      }
      inventory.insertMany(
          all(
              "{item: 'journal', instock: [{warehouse: 'A', qty: 5}, {warehouse: 'C', qty: 15}]}",
              "{item: 'notebook', instock: [{warehouse: 'C', qty: 5}]}",
              "{item: 'paper', instock: [{warehouse: 'A', qty: 60}, {warehouse: 'B', qty: 15}]}",
              "{item: 'planner', instock: [{warehouse: 'A', qty: 40}, {warehouse: 'B', qty: 5}]}",
              "{item: 'postcard', instock: [{warehouse: 'B', qty: 15}, {warehouse: 'C', qty:"
                  + " 35}]}"));

      assertEquals(List.of("journal"), items(inventory, "{instock: {warehouse: 'A', qty: 5}}"));
      assertEquals(List.of(), items(inventory, "{instock: {qty: 5, warehouse: 'A'}}"));
      assertEquals(5, items(inventory, "{'instock.qty': {$lte: 20}}").size());
      assertEquals(
          List.of("journal", "notebook", "postcard"),
          items(inventory, "{'instock.0.qty': {$lte: 20}}"));
      assertEquals(
          List.of("journal"),
          items(inventory, "{instock: {$elemMatch: {qty: 5, warehouse: 'A'}}}"));
      assertEquals(
          List.of("journal", "paper", "postcard"),
          items(inventory, "{instock: {$elemMatch: {qty: {$gt: 10, $lte: 20}}}}"));
      assertEquals(
          List.of("journal", "paper", "planner", "postcard"),
          items(inventory, "{'instock.qty': {$gt: 10, $lte: 20}}"));
      assertEquals(
          List.of("journal", "planner"),
          items(inventory, "{'instock.qty': 5, 'instock.warehouse': 'A'}"));
    }
  }

  /** Manual: "Query for Null or Missing Fields". */
  @Test
  default void tellsNullFromMissing() {
    var inventory = fresh();
    inventory.insertMany(all("{_id: 1, item: null}", "{_id: 2}"));

    assertEquals(2, inventory.countDocuments(json("{item: null}")));
    assertEquals(1, inventory.find(json("{item: {$type: 10}}")).first().get("_id"));
    assertEquals(2, inventory.find(json("{item: {$exists: false}}")).first().get("_id"));
    assertEquals(0, inventory.countDocuments(json("{item: {$ne: null}}")));
  }

  /** Manual: "Project Fields to Return from Query". */
  @Test
  default void projects() {
    var inventory = inventory();
    Bson journal = json("{item: 'journal'}");

    assertEquals(
        json("{item: 'journal', status: 'A'}"),
        inventory.find(journal).projection(json("{item: 1, status: 1, _id: 0}")).first());
    assertEquals(
        json("{item: 'journal', qty: 25, size: {h: 14, w: 21, uom: 'cm'}}"),
        inventory.find(journal).projection(json("{status: 0, _id: 0}")).first());
    assertEquals(
        json("{size: {uom: 'cm'}}"),
        inventory.find(journal).projection(json("{'size.uom': 1, _id: 0}")).first());
  }

  /** Manual: "cursor.sort()", ascending and descending with limit and skip. */
  @Test
  default void sortsLimitsAndSkips() {
    var inventory = inventory();

    var found =
        inventory
            .find()
            .sort(json("{status: -1, qty: 1}"))
            .skip(1)
            .limit(2)
            .map(d -> d.getString("item"))
            .into(new ArrayList<>());

    assertEquals(List.of("paper", "journal"), found);
  }

  /** Manual: "BSON comparison order": types in their order, arrays by their least item. */
  @Test
  default void sortsTypesInTheirOrder() {
    var values = fresh();
    values.insertMany(
        all(
            "{_id: 'array', v: [3, 90]}",
            "{_id: 'maxKey', v: {$maxKey: 1}}",
            "{_id: 'date', v: {$date: '2026-01-01T00:00:00Z'}}",
            "{_id: 'true', v: true}",
            "{_id: 'false', v: false}",
            "{_id: 'oid', v: {$oid: '5f0000000000000000000000'}}",
            "{_id: 'binary', v: {$binary: {base64: 'AQID', subType: '00'}}}",
            "{_id: 'document', v: {a: 1}}",
            "{_id: 'string', v: 'abc'}",
            "{_id: 'long', v: {$numberLong: '9007199254740993'}}",
            "{_id: 'double', v: 9007199254740992.0}",
            "{_id: 'int', v: 2}",
            "{_id: 'decimal', v: {$numberDecimal: '2.5'}}",
            "{_id: 'minKey', v: {$minKey: 1}}",
            "{_id: 'null', v: null}"));
    var expected =
        List.of(
            "minKey",
            "null",
            "int",
            "decimal",
            "array",
            "double",
            "long",
            "string",
            "document",
            "binary",
            "oid",
            "false",
            "true",
            "date",
            "maxKey");

    var scanned = values.find().sort(json("{v: 1}")).map(d -> d.get("_id")).into(new ArrayList<>());
    values.createIndex(json("{v: 1}"));
    var indexed = values.find().sort(json("{v: 1}")).map(d -> d.get("_id")).into(new ArrayList<>());

    assertEquals(expected, scanned);
    assertEquals(expected, indexed);
  }

  /** Manual: "Comparison/Sort Order", numeric types are equivalent for comparison. */
  @Test
  default void findsANumberWhateverItsType() {
    var numbers = fresh();
    numbers.insertMany(
        all(
            "{_id: 1}",
            "{_id: {$numberLong: '9007199254740993'}}",
            "{_id: {$numberDecimal: '0.1'}}",
            "{_id: 0.5}"));

    assertEquals(1, numbers.countDocuments(json("{_id: 1.0}")));
    assertEquals(1, numbers.countDocuments(json("{_id: {$numberDecimal: '1.00'}}")));
    assertEquals(0, numbers.countDocuments(json("{_id: 9007199254740992.0}")));
    assertEquals(1, numbers.countDocuments(json("{_id: {$numberDecimal: '0.5'}}")));
    assertEquals(0, numbers.countDocuments(json("{_id: 0.1}")));
  }

  /** Manual: "db.collection.distinct()". */
  @Test
  default void findsDistinctValues() {
    var inventory = fresh();
    inventory.insertMany(
        all(
            "{_id: 1, dept: 'A', item: {sku: '111'}, sizes: ['S', 'M']}",
            "{_id: 2, dept: 'A', item: {sku: '111'}, sizes: ['M', 'L']}",
            "{_id: 3, dept: 'B', item: {sku: '222'}, sizes: ['S']}",
            "{_id: 4, dept: 'A', item: {sku: '333'}, sizes: ['S']}"));

    assertEquals(
        List.of("A", "B"), inventory.distinct("dept", String.class).into(new ArrayList<>()));
    assertEquals(
        List.of("111", "222", "333"),
        inventory.distinct("item.sku", String.class).into(new ArrayList<>()));
    assertEquals(
        List.of("L", "M", "S"),
        inventory.distinct("sizes", String.class).into(new ArrayList<>()).stream()
            .sorted()
            .toList());
    assertEquals(
        List.of("111", "333"),
        inventory.distinct("item.sku", json("{dept: 'A'}"), String.class).into(new ArrayList<>()));
  }

  private MongoCollection<Document> sales() {
    var sales = fresh();
    sales.insertMany(
        all(
            "{_id: 1, item: 'abc', price: 10, quantity: 2}",
            "{_id: 2, item: 'jkl', price: 20, quantity: 1}",
            "{_id: 3, item: 'xyz', price: 5, quantity: 10}",
            "{_id: 4, item: 'xyz', price: 5, quantity: 20}",
            "{_id: 5, item: 'abc', price: 10, quantity: 10}",
            "{_id: 6, item: 'def', price: 7.5, quantity: 5}",
            "{_id: 7, item: 'def', price: 7.5, quantity: 10}",
            "{_id: 8, item: 'abc', price: 10, quantity: 5}"));
    return sales;
  }

  /** Manual: "$group (aggregation)", count, and group by item having. */
  @Test
  default void groupsAndCounts() {
    var sales = sales();

    assertEquals(
        json("{_id: null, count: 8}"),
        sales.aggregate(all("{$group: {_id: null, count: {$sum: 1}}}")).first());
    var having =
        sales
            .aggregate(
                all(
                    "{$group: {_id: '$item', totalSaleAmount: {$sum: {$multiply: ['$price',"
                        + " '$quantity']}}}}",
                    "{$match: {totalSaleAmount: {$gte: 100}}}",
                    "{$sort: {totalSaleAmount: -1}}"))
            .into(new ArrayList<>());
    assertEquals(List.of("abc", "xyz", "def"), having.stream().map(d -> d.get("_id")).toList());
    assertEquals(
        List.of(170.0, 150.0, 112.5),
        having.stream().map(d -> ((Number) d.get("totalSaleAmount")).doubleValue()).toList());
    assertEquals(3, sales.countDocuments(json("{item: 'abc'}")));
    assertEquals(8, sales.estimatedDocumentCount());
    assertEquals(
        json("{passing: 2}"),
        sales.aggregate(all("{$match: {item: 'xyz'}}", "{$count: 'passing'}")).first());
    assertNull(sales.aggregate(all("{$match: {item: 'none'}}", "{$count: 'passing'}")).first());
  }

  /** Manual: "Cursors", cursor batches: 101 documents first, all of them in the end. */
  @Test
  default void handsOutBatches() {
    var numbers = fresh();
    var documents = new ArrayList<Document>();
    for (int i = 0; i < 1000; i++) {
      documents.add(new Document("_id", i));
    }
    numbers.insertMany(documents);

    assertEquals(1000, numbers.find().into(new ArrayList<>()).size());
    assertEquals(documents, numbers.find().batchSize(7).into(new ArrayList<>()));
    assertEquals(250, numbers.find().batchSize(100).limit(250).into(new ArrayList<>()).size());
    assertEquals(
        500,
        numbers
            .aggregate(all("{$match: {_id: {$lt: 500}}}"))
            .batchSize(3)
            .into(new ArrayList<>())
            .size());
  }
}
