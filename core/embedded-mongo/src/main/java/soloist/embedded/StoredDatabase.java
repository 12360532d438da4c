package soloist.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A name under which the library's stages find collections; commands do not come this way. */
record StoredDatabase(String name, Catalog catalog) implements MongoDatabase {

  @Override
  public String getDatabaseName() {
    return name;
  }

  @Override
  public @Nullable MongoCollection<?> resolveCollection(String collection, boolean required) {
    StoredCollection found = catalog.find(name, collection);
    if (found == null && required) {
      throw Refusal.of(26, "NamespaceNotFound", "ns does not exist: " + name + "." + collection);
    }
    return found;
  }

  @Override
  public boolean isEmpty() {
    return catalog.of(name).isEmpty();
  }

  @Override
  public void handleClose(Channel channel) {
    // Nothing is kept for a connection.
  }

  private static RuntimeException elsewhere() {
    return Refusal.unsupported("a stage that creates or moves a collection");
  }

  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver resolver, Oplog oplog) {
    throw elsewhere();
  }

  @Override
  public QueryResult handleQuery(MongoQuery query) {
    throw elsewhere();
  }

  @Override
  public MongoCollection<?> createCollectionOrThrowIfExists(
      String collection, CollectionOptions options) {
    throw elsewhere();
  }

  @Override
  public void drop(Oplog oplog) {
    throw elsewhere();
  }

  @Override
  public void dropCollection(String collection, Oplog oplog) {
    throw elsewhere();
  }

  @Override
  public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
    throw elsewhere();
  }

  @Override
  public void unregisterCollection(String collection) {
    throw elsewhere();
  }
}
