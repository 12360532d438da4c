package soloist.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistries;

/** All collections and indexes, in one place. Writes are acknowledged by a majority and on disk. */
public final class Store implements AutoCloseable {
  private static final String DATABASE = "soloist";

  private final MongoClient client;
  private final MongoDatabase database;

  /**
   * Connects and creates the indexes that are missing. The URI's database name, if any, is used.
   */
  public Store(String uri) {
    var connection = new ConnectionString(uri);
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(connection)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readConcern(ReadConcern.DEFAULT)
                .retryWrites(false)
                .codecRegistry(
                    CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new DirectCodec()),
                        MongoClientSettings.getDefaultCodecRegistry()))
                .applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .build());
    String name = connection.getDatabase();
    database = client.getDatabase(name == null ? DATABASE : name);
    createIndexes();
  }

  /** The journal: one document a row, {@code _id} is the event's id. */
  public MongoCollection<Document> events() {
    return database.getCollection("events");
  }

  /** {@code _id} is kind:value. */
  public MongoCollection<Document> identifiers() {
    return database.getCollection("identifiers");
  }

  /** What is known of two profiles that might be one person; {@code _id} is both ids. */
  public MongoCollection<Document> pairs() {
    return database.getCollection("pairs");
  }

  public MongoCollection<Document> profiles() {
    return database.getCollection("profiles");
  }

  /** What a batch is about to write, one per partition. */
  public MongoCollection<Document> redo() {
    return database.getCollection("redo");
  }

  /** How far each partition is judged. */
  public MongoCollection<Document> cursors() {
    return database.getCollection("cursors");
  }

  /** Rows that could not be judged. */
  public MongoCollection<Document> dead() {
    return database.getCollection("dead");
  }

  /** {@code _id} is the id of the effect. */
  public MongoCollection<Document> outbox() {
    return database.getCollection("outbox");
  }

  public MongoCollection<Document> decisions() {
    return database.getCollection("decisions");
  }

  /** {@code _id} is a keyed hash of channel and address. */
  public MongoCollection<Document> suppressions() {
    return database.getCollection("suppressions");
  }

  /** People who are to be forgotten or are; {@code _id} is the id of the profile that was. */
  public MongoCollection<Document> erasures() {
    return database.getCollection("erasures");
  }

  /** Versions of segments, campaigns and templates; {@code _id} is kind:id@version. */
  public MongoCollection<Document> definitions() {
    return database.getCollection("definitions");
  }

  /** What the owner has planned, one document a campaign. */
  public MongoCollection<Document> campaigns() {
    return database.getCollection("campaigns");
  }

  /** What is said of those whom one cause starts in a campaign; {@code _id} is of both. */
  public MongoCollection<Document> waves() {
    return database.getCollection("waves");
  }

  /** Which version of each plugin counts; {@code _id} is the plugin's. */
  public MongoCollection<Document> plugins() {
    return database.getCollection("plugins");
  }

  /** What the owner has configured of each plugin; secrets are sealed. */
  public MongoCollection<Document> instances() {
    return database.getCollection("instances");
  }

  /** What profilers have learnt, one document a run. */
  public MongoCollection<Document> models() {
    return database.getCollection("models");
  }

  /** How each instance of a profiler is kept true; {@code _id} is the instance's. */
  public MongoCollection<Document> upkeeps() {
    return database.getCollection("upkeeps");
  }

  /** Whom a model named and to whom it happened; {@code _id} is the model's and the person's. */
  public MongoCollection<Document> foretold() {
    return database.getCollection("foretold");
  }

  /** What the people of each segment were worth together, one document a segment and run. */
  public MongoCollection<Document> worths() {
    return database.getCollection("worths");
  }

  /** Orders that somebody should look at, and what was said of them; {@code _id} is the event's. */
  public MongoCollection<Document> reviews() {
    return database.getCollection("reviews");
  }

  /** Files brought in, one document a file. */
  public MongoCollection<Document> imports() {
    return database.getCollection("imports");
  }

  /** What is sold, as imports tell it; {@code _id} is the product's id. */
  public MongoCollection<Document> products() {
    return database.getCollection("products");
  }

  /** What each import told of a product; {@code _id} is the product's and the import's. */
  public MongoCollection<Document> productTellings() {
    return database.getCollection("productTellings");
  }

  /** Long work, one document a job. */
  public MongoCollection<Document> jobs() {
    return database.getCollection("jobs");
  }

  /** What the platform notes of itself, one document a subject. */
  public MongoCollection<Document> state() {
    return database.getCollection("state");
  }

  /** Who may sign in. */
  public MongoCollection<Document> users() {
    return database.getCollection("users");
  }

  /** Who is signed in; {@code _id} is the hash of what the cookie holds. */
  public MongoCollection<Document> sessions() {
    return database.getCollection("sessions");
  }

  /** API tokens, by their public part. */
  public MongoCollection<Document> tokens() {
    return database.getCollection("tokens");
  }

  /** Who changed what, one document a line, numbered without gaps. */
  public MongoCollection<Document> audit() {
    return database.getCollection("audit");
  }

  /** How many came into a segment on a day, and how many left. */
  public MongoCollection<Document> crossings() {
    return database.getCollection("crossings");
  }

  /** How often visitors who are not to be known did something, one document a day and type. */
  public MongoCollection<Document> visits() {
    return database.getCollection("visits");
  }

  private void createIndexes() {
    events()
        .createIndex(
            Indexes.ascending("partition", "source", "position"), new IndexOptions().unique(true));
    events().createIndex(Indexes.descending("profileId", "time"));
    identifiers().createIndex(Indexes.ascending("profileId"));
    pairs().createIndex(Indexes.descending("state", "at"));
    profiles().createIndex(Indexes.ascending("partition", "dueAt"));
    profiles().createIndex(Indexes.descending("lastSeen", "_id"));
    profiles().createIndex(Indexes.ascending("anonymous"));
    profiles().createIndex(Indexes.ascending("segments"));
    profiles().createIndex(Indexes.ascending("draw"));
    profiles().createIndex(Indexes.ascending("called"));
    profiles().createIndex(Indexes.ascending("family"));
    profiles().createIndex(Indexes.ascending("alike"));
    outbox().createIndex(Indexes.ascending("state", "dueAt"));
    outbox().createIndex(Indexes.ascending("owner"));
    outbox().createIndex(Indexes.ascending("wave"));
    outbox().createIndex(Indexes.descending("queuedAt"));
    outbox().createIndex(Indexes.descending("campaign", "queuedAt"));
    dead().createIndex(Indexes.ascending("profileId"));
    dead().createIndex(Indexes.descending("at", "_id"));
    decisions().createIndex(Indexes.descending("profileId", "at"));
    decisions().createIndex(Indexes.descending("campaign", "at"));
    campaigns().createIndex(Indexes.descending("changedAt"));
    imports().createIndex(Indexes.descending("createdAt"));
    models().createIndex(Indexes.descending("instance", "at"));
    foretold().createIndex(Indexes.ascending("model", "named", "came"));
    foretold().createIndex(Indexes.ascending("profileId"));
    reviews().createIndex(Indexes.descending("word", "time"));
    reviews().createIndex(Indexes.ascending("profileId"));
    worths().createIndex(Indexes.ascending("segment", "at"));
    productTellings().createIndex(Indexes.ascending("product"));
    productTellings().createIndex(Indexes.ascending("origin"));
    jobs().createIndex(Indexes.descending("startedAt"));
    users().createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
    sessions().createIndex(Indexes.ascending("user"));
    tokens().createIndex(Indexes.ascending("user"));
    crossings().createIndex(Indexes.ascending("segment", "day"));
    visits().createIndex(Indexes.ascending("day"));
    suppressions().createIndex(Indexes.ascending("told"));
  }

  @Override
  public void close() {
    client.close();
  }
}
