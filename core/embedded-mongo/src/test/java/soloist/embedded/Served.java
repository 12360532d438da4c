package soloist.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import org.bson.Document;

/** A store in a directory with a client connected to it. */
record Served(EmbeddedMongo store, MongoClient client) implements AutoCloseable {
  static Served in(Path directory) {
    return in(directory, EmbeddedMongo.Settings.USUAL);
  }

  static Served in(Path directory, EmbeddedMongo.Settings settings) {
    EmbeddedMongo store = EmbeddedMongo.open(directory, settings);
    return new Served(store, MongoClients.create(store.uri()));
  }

  MongoCollection<Document> collection(String name) {
    return client.getDatabase("test").getCollection(name);
  }

  @Override
  public void close() {
    client.close();
    store.close();
  }
}
