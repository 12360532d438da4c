package soloist.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.dist.Wire.Answers;

/** What every request meets first. */
class GuardsIT {
  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path folder;
  private static Line line;

  @BeforeAll
  static void open() {
    line = Line.withoutRelay(folder);
  }

  @AfterAll
  static void close() {
    line.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.2"})
  void aForeignNameOfThisMachineIsNotAnswered(String host) {
    Answers answers = wire("GET /api/v1/profiles HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 1);

    assertEquals(421, answers.firstStatus());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:8080", "[::1]", "LOCALHOST"})
  void loopbackNamesAreAnswered(String host) {
    assertEquals(200, wire("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 1).firstStatus());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void anotherWebPageMayNotAct(String site) {
    HttpResponse<String> answer =
        line.post("{}", "Content-Type", "application/json", "Sec-Fetch-Site", site);

    assertEquals(403, answer.statusCode());
    assertEquals("cross-site", new JsonObject(answer.body()).getString("code"));
  }

  @Test
  void ourOwnPageMayAct() {
    for (String site : List.of("same-origin", "none")) {
      assertEquals(
          400,
          line.post("{}", "Content-Type", "application/json", "Sec-Fetch-Site", site).statusCode());
    }
  }

  @Test
  void whoSendsTooMuchIsStillHeardToTheEndAndReadsTheAnswer() throws IOException {
    int most = 64 * 1024;
    try (Socket socket = new Socket("127.0.0.1", line.port())) {
      socket.setSoTimeout(10_000);
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      OutputStream body = socket.getOutputStream();
      body.write(
          ("POST /e HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                  + ("Content-Length: " + most + "\r\n\r\n"))
              .getBytes(UTF_8));
      // The server has answered before the first byte of the body is sent.
      assertEquals("HTTP/1.1 413 Request Entity Too Large", answer.readLine());
      for (int sent = 0; sent < most; sent += 1024) {
        body.write(new byte[1024]);
      }

      assertTrue(answer.lines().anyMatch(part -> part.contains("too-large")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void otherMethodsAreNotServed(String method) {
    Answers answers = wire(method + " /api/v1/profiles HTTP/1.1\r\nHost: localhost\r\n\r\n", 1);

    assertEquals(405, answers.firstStatus());
    assertTrue(answers.text().contains("GET, HEAD, POST"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/api/v1/profiles",
        "/api/v1/nothing",
        "/o/x",
        "/u/x",
        "/nothing.js",
        "/o/../api/v1/status"
      })
  void aGetWithABodyIsRefusedAndTheConnectionEnds(String path) {
    for (String body :
        List.of(
            "Content-Length: 5\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")) {
      Answers answers =
          wire("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + body + HEALTH + "\r\n", 2);

      assertEquals(400, answers.firstStatus(), path);
      assertEquals(1, answers.count(), path);
      assertTrue(answers.hungUp(), path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-_ength: 60",
        "Content_Length: 60",
        "ContentXLength: 60",
        "Content-\u007fength: 60",
        "TransferXEncoding: chunked",
        "Transfer_Encoding: chunked",
        "Transfer-_ncoding: chunked",
        "Transfer-Encodinf: chunked",
        "content-\u00ccength: 60"
      })
  void aHeaderThatOnlyLooksLikeALengthNeverSwallowsTheNextRequest(String header) {
    Answers answers = wire(HEALTH + header + "\r\n\r\n" + HEALTH + "\r\n", 2);

    boolean isRefused = answers.firstStatus() == 400 && answers.hungUp();
    assertTrue(answers.count() == 2 || isRefused, answers.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-_ength: 60",
        "content-_ength: 60",
        "Content-Xength: 0",
        "Transfer-_ncoding: chunked"
      })
  void whatAPostCallsItsLengthByAnotherNameIsNone(String header) {
    for (String body : List.of("\r\n", "Content-Length: 2\r\n\r\n{}")) {
      Answers answers =
          wire(
              "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                  + "Authorization: Bearer "
                  + line.soloist().token()
                  + "\r\n"
                  + header
                  + "\r\n"
                  + body
                  + HEALTH
                  + "\r\n",
              2);

      assertEquals(400, answers.firstStatus(), answers.text());
      assertEquals(2, answers.count(), answers.text());
      assertTrue(answers.text().contains("ready"), answers.text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nTransfer-Encoding: chunked",
        "Content-Length: 3\r\nContent-Length: 4",
        "Content-Length: +3",
        "Content-Length : 3",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"
      })
  void aPostWithTwoLengthsEndsTheConnection(String headers) {
    Answers answers =
        wire(
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headers
                + "\r\n\r\n0\r\n\r\n"
                + HEALTH
                + "\r\n",
            2);

    assertTrue(answers.hungUp(), answers.text());
    assertTrue(answers.count() <= 1, answers.text());
  }

  @Test
  void aPostOnAPublicPathIsTheLastOfItsConnection() {
    Answers answers =
        wire(
            "POST /u/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\na="
                + HEALTH
                + "\r\n",
            2);

    assertEquals(404, answers.firstStatus());
    assertEquals(1, answers.count());
    assertTrue(answers.hungUp());
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    for (String path :
        List.of(
            "/",
            "/health",
            "/api/v1/status",
            "/api/v1/profiles",
            "/api/v1/profiles/x",
            "/api/v1/mails",
            "/api/v1/nothing",
            "/o/x",
            "/c/x",
            "/u/x",
            "/u/page.css",
            "/nothing.js")) {
      Map<String, List<String>> headers = line.get(path).headers().map();
      for (Map.Entry<String, String> expected :
          Map.of(
                  "x-content-type-options", "nosniff",
                  "referrer-policy", "no-referrer",
                  "cross-origin-opener-policy", "same-origin")
              .entrySet()) {
        assertEquals(List.of(expected.getValue()), headers.get(expected.getKey()), path);
      }
      String policy = headers.get("content-security-policy").getFirst();
      assertTrue(policy.contains("default-src 'none'"), path);
      assertTrue(policy.contains("frame-ancestors 'none'"), path);
      boolean isPrivate = path.startsWith("/api/") || path.matches("/[ocu]/.*");
      assertTrue(!isPrivate || List.of("no-store").equals(headers.get("cache-control")), path);
    }
  }

  @Test
  void unknownPathsAreNotFound() {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/api",
            "/api/v2/profiles",
            "/o/",
            "/c/",
            "/u/",
            "/nothing.js",
            "/.git/config",
            "/..%2fpom.xml")) {
      assertEquals(404, line.get(path).statusCode(), path);
    }
    for (String path : List.of("/", "/nothing", "/api/v1/status", "/c/x")) {
      var request =
          HttpRequest.newBuilder(line.url(path)).POST(HttpRequest.BodyPublishers.noBody());
      assertEquals(404, line.send(request).statusCode(), path);
    }
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() {
    HttpResponse<String> head =
        line.send(HttpRequest.newBuilder(line.url("/api/v1/status")).HEAD());

    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://localhost/api/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/%ZZ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/profiles/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/status HTTP/1.1\r\n\r\n",
        "GET /api/v1/status HTTP/1.0\r\n\r\n",
        "GET /api/v1/status HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /api/v1/status HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n",
        "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /u/x HTTP/1.1\r\n\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999999999\r\n\r\n{",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void nonsenseIsAFaultOfTheCaller(String request) {
    Answers answers = wire(request, 1);

    boolean isRefused = answers.firstStatus() >= 400 && answers.firstStatus() < 500;
    assertTrue(isRefused || answers.hungUp(), answers.text());
    assertEquals(200, line.get("/health").statusCode());
  }

  private static Answers wire(String request, int enough) {
    return Wire.send(line.port(), request, enough);
  }
}
