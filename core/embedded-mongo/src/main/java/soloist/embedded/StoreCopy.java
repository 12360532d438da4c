package soloist.embedded;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Copies a database from one server to another, through the driver alone: from the embedded store
 * to a MongoDB or back. Nothing may write to the source meanwhile.
 */
public final class StoreCopy {
  /** In the target, for as long as it is not whole. */
  static final String STATE = "soloist_copy";

  private static final int BATCH = 1_000;
  private static final int BATCH_BYTES = 8 << 20;

  private final MongoDatabase source;
  private final MongoDatabase target;
  private final Progress progress;
  private final Map<String, Long> copied = new LinkedHashMap<>();
  private long done;
  private long total;

  private StoreCopy(MongoDatabase source, MongoDatabase target, Progress progress) {
    this.source = source;
    this.target = target.withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    this.progress = progress;
  }

  /**
   * Copies all collections with their indexes and compares both sides in the end. After a crash or
   * an end in between, the same call goes on where that stopped.
   *
   * @param from connection string of the source
   * @param to connection string of the target, whose database must hold no documents yet
   * @return the documents of each collection
   * @throws StoreException when the target holds other data, the two differ in the end, or a server
   *     refuses
   * @throws java.util.concurrent.CancellationException when the listener ends it
   */
  public static Map<String, Long> run(String from, String to, String database, Progress progress) {
    try (MongoClient source = MongoClients.create(from);
        MongoClient target = MongoClients.create(to)) {
      var copy =
          new StoreCopy(source.getDatabase(database), target.getDatabase(database), progress);
      copy.run();
      return Map.copyOf(copy.copied);
    } catch (MongoException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The copy stopped: " + e.getMessage() + ". Start it again and it goes on from here.",
          e);
    }
  }

  private void run() {
    List<String> names = names(source);
    if (names.contains(STATE)) {
      throw new StoreException(
          StoreException.Kind.UNFINISHED,
          "The source is itself a copy that did not get to its end; finish that first.");
    }
    List<String> finished = begin(names);
    for (String name : names) {
      total += source.getCollection(name).estimatedDocumentCount();
    }
    for (String name : names) {
      MongoCollection<RawBsonDocument> into = target.getCollection(name, RawBsonDocument.class);
      done += into.estimatedDocumentCount();
      if (!finished.contains(name)) {
        copy(source.getCollection(name, RawBsonDocument.class), into);
        state()
            .updateOne(
                new Document("_id", "copy"), new Document("$push", new Document("finished", name)));
      }
      copied.put(name, into.countDocuments());
    }
    state().drop();
  }

  private static List<String> names(MongoDatabase database) {
    return database
        .listCollectionNames()
        .filter(new Document("type", "collection"))
        .into(new ArrayList<>())
        .stream()
        .filter(name -> !name.startsWith("system."))
        .sorted()
        .toList();
  }

  private MongoCollection<Document> state() {
    return target.getCollection(STATE);
  }

  /** Takes the target, or goes on with it; returns the collections that need no more work. */
  private List<String> begin(List<String> names) {
    Document state = state().find().first();
    if (state == null) {
      for (String name : names(target)) {
        if (target.getCollection(name).find().first() != null) {
          throw new StoreException(
              StoreException.Kind.NOT_EMPTY,
              "The target already has documents in "
                  + name
                  + "; a copy goes into an empty database only.");
        }
      }
      state()
          .insertOne(
              new Document("_id", "copy").append("names", names).append("finished", List.of()));
      return List.of();
    }
    if (!names.equals(state.getList("names", String.class))) {
      throw new StoreException(
          StoreException.Kind.NOT_EMPTY,
          "The target holds part of a copy of another source; empty it and begin again.");
    }
    return state.getList("finished", String.class);
  }

  private void copy(MongoCollection<RawBsonDocument> from, MongoCollection<RawBsonDocument> into) {
    String name = from.getNamespace().getCollectionName();
    if (!names(target).contains(name)) {
      target.createCollection(name);
    }
    List<Document> indexes = from.listIndexes().into(new ArrayList<>());
    indexes.removeIf(index -> "_id_".equals(index.get("name")));
    if (indexes.stream().anyMatch(index -> index.containsKey("expireAfterSeconds"))) {
      // The source may have deleted some since, so how many are there says nothing.
      done -= into.deleteMany(new Document()).getDeletedCount();
    }
    documents(from, into);
    for (Document index : indexes) {
      if (!index.containsKey("expireAfterSeconds")) {
        index(name, index);
      }
    }
    var expiry = new Expiry(indexes);
    CopySum there = CopySum.of(from, expiry);
    CopySum here = CopySum.of(into, expiry);
    if (!there.equals(here)) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The collection "
              + name
              + " is not the same on both sides ("
              + there.count()
              + " documents in the source, "
              + here.count()
              + " in the target, or other contents), so something wrote to one of them. Stop it,"
              + " empty the target and copy again.");
    }
    for (Document index : indexes) {
      // From then on the target deletes what has expired, so it comes after the comparison.
      if (index.containsKey("expireAfterSeconds")) {
        index(name, index);
      }
    }
  }

  private void index(String collection, Document index) {
    index.remove("ns");
    index.remove("background");
    var command = new Document("createIndexes", collection).append("indexes", List.of(index));
    Document unused = target.runCommand(command);
  }

  private void documents(
      MongoCollection<RawBsonDocument> from, MongoCollection<RawBsonDocument> into) {
    String name = from.getNamespace().getCollectionName();
    var byId = new Document("_id", 1);
    // What is there came in this order, so its count is how far it got.
    int there = Math.toIntExact(into.countDocuments());
    var batch = new ArrayList<RawBsonDocument>();
    int bytes = 0;
    try (var found = from.find().sort(byId).skip(there).batchSize(BATCH).cursor()) {
      Backup.tell(progress, name, done, total);
      while (found.hasNext()) {
        RawBsonDocument document = found.next();
        batch.add(document);
        bytes += document.getByteBuffer().remaining();
        if (batch.size() == BATCH || bytes > BATCH_BYTES || !found.hasNext()) {
          into.insertMany(batch);
          done += batch.size();
          batch.clear();
          bytes = 0;
          Backup.tell(progress, name, done, total);
        }
      }
    }
  }
}
