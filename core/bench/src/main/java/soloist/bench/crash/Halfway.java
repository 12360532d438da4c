package soloist.bench.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import soloist.testkit.Delivered;

/**
 * How things stood when all events had come in and nothing was left to do: where a run begins that
 * is disturbed later only.
 *
 * @param home the server's files
 * @param accepted the id of each event that was answered 202
 * @param mails that had arrived
 * @param clock what the server's clock showed
 */
record Halfway(
    String database, Path home, Set<String> accepted, List<Delivered> mails, Instant clock) {

  private static final String KEY = "soloist.key";

  Halfway {
    accepted = Set.copyOf(accepted);
    mails = List.copyOf(mails);
  }

  /** A copy of its own: of the store, and of the key with which links were signed. */
  Halfway copy(String uri, String other, Path otherHome) throws IOException {
    Files.copy(home.resolve(KEY), otherHome.resolve(KEY));
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase from = client.getDatabase(database);
      for (String collection : from.listCollectionNames()) {
        List<Document> all = from.getCollection(collection).find().into(new ArrayList<>());
        if (!all.isEmpty()) {
          client.getDatabase(other).getCollection(collection).insertMany(all);
        }
      }
    }
    return new Halfway(other, otherHome, accepted, mails, clock);
  }
}
