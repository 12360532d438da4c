package soloist.http;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How many a list holds: exactly, or at least so many. Counting goes on no further than anybody
 * reads, so a page of a large list costs as much as one of a small list.
 */
public record Total(long value, boolean isExact) {
  public static final int MOST = 10_000;

  public static Total of(MongoCollection<Document> collection, Bson filter) {
    return of(collection, filter, MOST);
  }

  static Total of(MongoCollection<Document> collection, Bson filter, int most) {
    long counted = collection.countDocuments(filter, new CountOptions().limit(most + 1));
    return new Total(Math.min(counted, most), counted <= most);
  }

  /** As the API tells it. */
  public Map<String, Object> told() {
    return Map.of("value", value, "relation", isExact ? "eq" : "gte");
  }
}
