package soloist.http;

import static com.mongodb.client.model.Filters.gte;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.store.Store;
import soloist.store.TestStore;

class TotalTest {

  @Test
  void countsExactlyAsFarAsAnybodyReadsAndSaysWhenThereAreMore() {
    try (TestStore server = new TestStore();
        Store store = server.open("total")) {
      store
          .profiles()
          .insertMany(IntStream.range(0, 5).mapToObj(i -> new Document("_id", "p" + i)).toList());

      assertEquals(new Total(0, true), Total.of(store.profiles(), gte("_id", "q"), 3));
      assertEquals(new Total(3, true), Total.of(store.profiles(), gte("_id", "p2"), 3));
      assertEquals(new Total(3, false), Total.of(store.profiles(), gte("_id", "p1"), 3));
      assertEquals(new Total(3, false), Total.of(store.profiles(), gte("_id", "p0"), 3));
    }
  }
}
