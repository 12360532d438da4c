package soloist.embedded;

import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contract. */
class EmbeddedContractTest implements QueryContract, WriteContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static Served served;

  @BeforeAll
  static void open(@TempDir Path directory) {
    served = Served.in(directory);
  }

  @AfterAll
  static void close() {
    served.close();
  }

  @Override
  public MongoCollection<Document> fresh() {
    return served.collection("contract" + NUMBER.incrementAndGet());
  }
}
