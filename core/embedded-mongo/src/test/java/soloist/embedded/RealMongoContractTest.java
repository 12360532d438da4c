package soloist.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real MongoDB keeps the same contract, which is how we know that the contract is right. */
@EnabledIfEnvironmentVariable(
    named = "SOLOIST_TEST_MONGODB_URI",
    matches = "mongodb.*",
    disabledReason = "SOLOIST_TEST_MONGODB_URI names no real MongoDB to compare with")
class RealMongoContractTest implements QueryContract, WriteContract {
  private static final String DATABASE = "soloist-contract-" + new ObjectId();
  private static MongoClient client;

  @BeforeAll
  static void connect() {
    client = MongoClients.create(System.getenv("SOLOIST_TEST_MONGODB_URI"));
  }

  @AfterAll
  static void drop() {
    client.getDatabase(DATABASE).drop();
    client.close();
  }

  @Override
  public MongoCollection<Document> fresh() {
    return client.getDatabase(DATABASE).getCollection("c" + new ObjectId());
  }
}
