package soloist.http;

import com.mongodb.client.FindIterable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a request asks for by {@code limit} and {@code cursor}.
 *
 * @param nextCursor asks for what follows, null at the end
 */
public record Page(List<Document> documents, @Nullable String nextCursor) {

  /** Reads one document more than is shown, to know whether anything follows. */
  public static Page of(FindIterable<Document> sorted, Request request) {
    int limit = request.limit();
    int offset = request.offset();
    List<Document> found = sorted.skip(offset).limit(limit + 1).into(new ArrayList<>());
    return found.size() > limit
        ? new Page(found.subList(0, limit), Integer.toString(offset + limit))
        : new Page(found, null);
  }

  /** The body of the answer, with what is told of each document. */
  public Map<String, Object> body(List<?> items) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("items", items);
    body.put("nextCursor", nextCursor);
    return body;
  }
}
