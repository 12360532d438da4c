package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: refused with place and remedy, or kept as a value and nothing else. */
class BadInputIT {
  private static final String WHO = "\"identifiers\":{\"email\":\"ada@example.com\"}";

  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.open(folder);
  }

  @AfterEach
  void nothingIsStored() {
    assertEquals(
        0,
        line.stored("events")
            .countDocuments(new org.bson.Document("profileId", new org.bson.Document("$ne", ""))));
    assertEquals(0, line.stored("identifiers").countDocuments());
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ''                                                        |                        | json-object
          []                                                        |                        | json-object
          {"type":"order"                                           |                        | json-object
          {"type":"visit"}                                          | /identifiers           | identifiers-missing
          {"type":"visit","identifiers":{}}                         | /identifiers           | identifiers-missing
          {"type":"visit","identifiers":[]}                         | /identifiers           | identifiers-missing
          {"type":"visit","identifiers":{"email":{"$ne":null}}}     | /identifiers/email     | identifier-email
          {"type":"visit","identifiers":{"email":"ada"}}            | /identifiers/email     | identifier-email
          {"type":"visit","identifiers":{"email":"a@b.c\\r\\nBcc: x@y.z"}} | /identifiers/email | identifier-email
          {"type":"visit","identifiers":{"email":"<ada@example.com>"}} | /identifiers/email  | identifier-email
          {"type":"visit","identifiers":{"phone":"12"}}             | /identifiers/phone     | identifier-phone
          {"type":"visit","identifiers":{"userId":""}}              | /identifiers/userId    | identifier-userId
          {"type":"visit","identifiers":{"userId":7}}               | /identifiers/userId    | identifier-userId
          {"type":"visit","identifiers":{"userId":"\\ud800"}}       | /identifiers/userId    | identifier-userId
          {"type":"visit","identifiers":{"visitorId":"a\\u0000b"}}  | /identifiers/visitorId | identifier-visitorId
          {"type":"visit","identifiers":{"$where":"1"}}             | /identifiers/$where    | unknown-field
          {"type":"visit",WHO,"_id":1}                              | /_id                   | unknown-field
          {"type":"visit",WHO,"a/b~c":1}                            | /a~1b~0c               | unknown-field
          {WHO}                                                     | /type                  | event-type
          {"type":"Visit",WHO}                                      | /type                  | event-type
          {"type":7,WHO}                                            | /type                  | event-type
          {"type":"email.clicked",WHO}                              | /type                  | reserved-type
          {"type":"definition.published",WHO}                       | /type                  | reserved-type
          {"type":"unsubscribed",WHO}                               | /type                  | reserved-type
          {"type":"visit",WHO,"id":""}                              | /id                    | event-id
          {"type":"visit",WHO,"id":null}                            | /id                    | event-id
          {"type":"visit",WHO,"id":"publish:campaign:thanks@2:0"}   | /id                    | reserved-id
          {"type":"visit",WHO,"id":"unsubscribed:0123"}             | /id                    | reserved-id
          {"type":"visit",WHO,"time":"yesterday"}                   | /time                  | time-format
          {"type":"visit",WHO,"time":1234567890}                    | /time                  | time-format
          {"type":"visit",WHO,"time":"1969-12-31T23:59:59Z"}        | /time                  | time-format
          {"type":"visit",WHO,"time":"2031-01-01T00:00:00Z"}        | /time                  | time-ahead
          {"type":"visit",WHO,"properties":[]}                      | /properties            | properties-object
          {"type":"visit",WHO,"properties":{"$set":1}}              | /properties/$set       | property-key
          {"type":"visit",WHO,"properties":{"a":{"b.c":1}}}         | /properties/a/b.c      | property-key
          {"type":"visit",WHO,"properties":{"":1}}                  | /properties/           | property-key
          {"type":"visit",WHO,"properties":{"a":[{"$ne":1}]}}       | /properties/a/0/$ne    | property-key
          {"type":"visit",WHO,"properties":{"n":1e400}}             | /properties/n          | number-size
          {"type":"visit",WHO,"properties":{"n":1e-300}}            | /properties/n          | number-size
          {"type":"order",WHO,"properties":{"total":"1e999999999","currency":"EUR"}} | /properties/total | order-total
          {"type":"order",WHO,"properties":{"total":"NaN","currency":"EUR"}} | /properties/total | order-total
          {"type":"order",WHO,"properties":{"total":{"$gt":0},"currency":"EUR"}} | /properties/total/$gt | property-key
          {"type":"order",WHO,"properties":{"total":1}}             | /properties/currency   | order-currency
          {"type":"order",WHO,"properties":{"total":1,"currency":"$"}} | /properties/currency | order-currency
          {"type":"consent",WHO,"properties":{"purpose":"a.b","granted":true,"source":"x"}} | /properties/purpose | consent-purpose
          {"type":"consent",WHO,"properties":{"purpose":"m","granted":"yes","source":"x"}} | /properties/granted | consent-granted
          {"type":"consent",WHO,"properties":{"purpose":"m","granted":true,"source":" "}} | /properties/source | consent-source
          {"type":"traits",WHO,"properties":{"orders":7}}           | /properties/orders     | trait-key
          {"type":"traits",WHO,"properties":{"spent_EUR":7}}        | /properties/spent_EUR  | trait-key
          {"type":"traits",WHO,"properties":{"a":{"b":1}}}          | /properties/a          | trait-value
          """)
  void aBadBodyIsNamedByPlaceAndCodeInBothLanguages(String body, String pointer, String code) {
    String sent = body.equals("''") ? "" : body.replace("WHO", WHO);

    JsonObject english = refused(line.post(sent));
    JsonObject chinese =
        refused(line.post(sent, "Content-Type", "application/json", "Accept-Language", "zh-CN"));

    JsonObject error = english.getJsonArray("errors").getJsonObject(0);
    assertEquals(pointer == null ? "" : pointer, error.getString("pointer"));
    assertEquals(code, error.getString("code"));
    assertTrue(error.getString("message").matches("\\p{ASCII}+"), error.encode());
    JsonObject translated = chinese.getJsonArray("errors").getJsonObject(0);
    assertEquals(code, translated.getString("code"));
    assertTrue(translated.getString("message").matches("(?s).*\\p{IsHan}.*"), translated.encode());
    assertTrue(chinese.getString("title").matches(".*\\p{IsHan}.*"));
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    JsonObject problem =
        refused(line.post("{\"type\":\"!\",\"time\":\"?\",\"identifiers\":{\"email\":\"?\"}}"));

    assertEquals(3, problem.getJsonArray("errors").size());
    assertEquals("invalid-request", problem.getString("code"));
    assertEquals("/api/v1/events", problem.getString("instance"));
    assertFalse(problem.getString("traceId").isEmpty());
  }

  @Test
  void aThousandFaultsMakeNoLargeAnswer() {
    String fields =
        IntStream.range(0, 5_000).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(","));

    JsonObject problem = refused(line.post("{" + fields + "}"));

    assertEquals(50, problem.getJsonArray("errors").size());
  }

  @Test
  void ofABatchWithOneFaultNothingIsTaken() {
    JsonObject good = new JsonObject("{\"type\":\"visit\"," + WHO + "}");
    JsonObject bad = good.copy().put("type", "!");

    JsonObject problem = refused(batch(new JsonObject().put("events", JsonArray.of(good, bad, 7))));

    List<String> faults =
        Line.objects(problem.getJsonArray("errors")).stream()
            .map(error -> error.getString("pointer") + " " + error.getString("code"))
            .toList();
    assertEquals(List.of("/events/1/type event-type", "/events/2 events-list"), faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"events\":[]}", "{\"events\":{}}", "{\"event\":[]}"})
  void whatIsNoBatchIsRefused(String body) {
    JsonObject problem = refused(batch(new JsonObject(body)));

    assertTrue(problem.encode().contains("events-list"), problem.encode());
  }

  private static HttpResponse<String> batch(JsonObject body) {
    return line.ask("/api/v1/events/batch", body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=b"
      })
  void onlyJsonIsTaken(String type) {
    HttpResponse<String> answer =
        line.post("{\"type\":\"visit\"," + WHO + "}", "Content-Type", type);

    assertEquals(415, answer.statusCode());
    assertEquals("json-only", new JsonObject(answer.body()).getString("code"));
  }

  @Test
  void aBodyMayHave64KiBAndNotOneMore() {
    String frame = "{\"type\":\"!\"," + WHO + ",\"properties\":{\"text\":\"\"}}";
    int room = 64 * 1024 - frame.length();

    HttpResponse<String> fits = line.post(frame.replace("\"\"", "\"" + "x".repeat(room) + "\""));
    HttpResponse<String> over =
        line.post(frame.replace("\"\"", "\"" + "x".repeat(room + 1) + "\""));

    assertEquals(400, fits.statusCode());
    assertEquals(413, over.statusCode());
    assertEquals("too-large", new JsonObject(over.body()).getString("code"));
  }

  @Test
  void deepAndWideBodiesAreRefusedAtOnce() {
    String deep = "{\"type\":\"visit\"," + WHO + ",\"properties\":" + "{\"a\":".repeat(10_000);
    String nested = "[".repeat(10_000) + "]".repeat(10_000);
    String bomb = "{\"type\":\"visit\"," + WHO + ",\"properties\":{\"a\":" + nested + "}}";
    String wide =
        "{\"properties\":{"
            + IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"" + i + "\":1")
                .collect(Collectors.joining(","))
            + "}}";
    String numbers =
        "{\"type\":\"visit\"," + WHO + ",\"properties\":{\"n\":" + "9".repeat(60_000) + "}}";

    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (String body : List.of(deep, bomb, numbers)) {
            assertEquals(400, line.post(body).statusCode());
          }
          assertEquals(413, line.post(wide).statusCode());
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/profiles?limit=0",
        "/profiles?limit=x",
        "/profiles?cursor=-1",
        "/mails?limit=201"
      })
  void badParametersAreNamed(String path) {
    JsonObject problem = refused(line.get("/api/v1" + path));

    assertEquals(
        path.contains("limit") ? "limit" : "cursor",
        problem.getJsonArray("errors").getJsonObject(0).getString("pointer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%00", "%5CE.*", ".*", "%7B%22$ne%22:1%7D", "(((((((((a%2B)%2B)%2B", "%F0%9F"})
  void wordsToSearchForAreNoPattern(String words) {
    assertEquals(List.of(), line.items("/api/v1/profiles?q=" + words));
  }

  private static JsonObject refused(HttpResponse<String> answer) {
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    return new JsonObject(answer.body());
  }
}
