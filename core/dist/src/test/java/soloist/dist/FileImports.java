package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.bson.Document;

/** Uploads, and what is asked of them. */
record FileImports(Line line) {
  static JsonObject mapping(String kind, String... targets) {
    return new JsonObject().put("kind", kind).put("targets", new JsonArray(List.of(targets)));
  }

  static JsonObject order(JsonObject mapping) {
    return new JsonObject().put("mapping", mapping);
  }

  static String path(JsonObject file) {
    return "/api/v1/imports/" + file.getString("id");
  }

  JsonObject upload(String name, String content) {
    HttpResponse<String> response = send(name, content, "application/octet-stream");
    assertEquals(201, response.statusCode(), response.body());
    return new JsonObject(response.body());
  }

  HttpResponse<String> send(String name, String content, String type) {
    return line.send(
        HttpRequest.newBuilder(line.url("/api/v1/imports?plugin=connector-csv&name=" + name))
            .POST(HttpRequest.BodyPublishers.ofString(content)),
        "Content-Type",
        type);
  }

  HttpResponse<String> ask(JsonObject file, String what, JsonObject body) {
    return line.send(
        HttpRequest.newBuilder(line.url(path(file) + "/" + what))
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())),
        "Content-Type",
        "application/json");
  }

  JsonObject begin(JsonObject file, String what, JsonObject body) {
    HttpResponse<String> response = ask(file, what, body);
    assertEquals(202, response.statusCode(), response.body());
    return new JsonObject(response.body());
  }

  /** The job when it is over. */
  JsonObject await(JsonObject file, String what, JsonObject body) {
    return ended(begin(file, what, body));
  }

  JsonObject ended(JsonObject begun) {
    String job = "/api/v1/jobs/" + begun.getString("id");
    Line.until("the job", () -> !line.json(job).getString("state").equals("running"));
    return line.json(job);
  }

  JsonObject bringIn(String name, String content, JsonObject order) {
    JsonObject file = upload(name, content);
    JsonObject job = await(file, "start", order);
    assertEquals("done", job.getString("state"), job.encode());
    return now(file);
  }

  JsonObject now(JsonObject file) {
    return line.json(path(file));
  }

  /** The code of a refusal. */
  String refusal(JsonObject file, String what, JsonObject body) {
    HttpResponse<String> response = ask(file, what, body);
    assertEquals(409, response.statusCode(), response.body());
    return new JsonObject(response.body())
        .getJsonArray("errors")
        .getJsonObject(0)
        .getString("code");
  }

  /** So many bulk rows are judged. */
  void awaitRows(long count) {
    Line.until(
        count + " judged rows",
        () -> {
          long judged = 0;
          for (Document cursor : line.stored("cursors").find()) {
            judged += cursor.getLong("bulk");
          }
          return judged == count;
        });
  }
}
