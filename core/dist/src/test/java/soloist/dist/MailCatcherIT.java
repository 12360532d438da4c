package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a relay every mail stays on this machine, as real MIME. */
class MailCatcherIT {
  @TempDir Path folder;
  private Line line;

  @BeforeEach
  void open() {
    line = Line.withoutRelay(folder);
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void theCatcherHasTheMailAsItWouldHaveGoneOut() throws MessagingException {
    Customer ada = line.customer("ada");
    line.tell(ada.event("name", "traits", new JsonObject().put("first_name", "Åda 爱达")));
    ada.agrees("consent");
    ada.orders("order");
    JsonObject message = ada.awaitMessage("thanks", "sent");

    List<JsonObject> mails = line.items("/api/v1/mails");
    assertEquals(1, mails.size());
    assertFalse(line.json("/api/v1/status").getJsonObject("steps").getBoolean("sender"));
    String id = mails.getFirst().getString("id");
    JsonObject mail = line.json("/api/v1/mails/" + id);
    HttpResponse<String> raw = line.get("/api/v1/mails/" + id + "/raw");
    HttpResponse<String> html = line.get("/api/v1/mails/" + id + "/html");

    assertEquals("ada@example.com", mail.getString("to"));
    assertEquals("Thank you for your order, Åda 爱达", mail.getString("subject"));
    assertEquals(
        "<" + message.getString("messageId") + "@tea.example>", mail.getString("messageId"));
    assertTrue(mail.getString("text").contains("Dear Åda 爱达,"));
    assertTrue(mail.getString("html").contains("Dear Åda 爱达,"));
    assertEquals(2, mail.getJsonArray("links").size());
    MimeMessage mime =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(raw.body().getBytes(StandardCharsets.UTF_8)));
    assertEquals("Thank you for your order, Åda 爱达", mime.getSubject());
    assertTrue(mime.getContentType().startsWith("multipart/alternative"));
    assertEquals("message/rfc822", raw.headers().firstValue("Content-Type").orElseThrow());
    assertEquals(mail.getString("html"), html.body());
    List<String> policy = html.headers().allValues("Content-Security-Policy");
    assertEquals(1, policy.size());
    assertTrue(policy.getFirst().startsWith("sandbox; default-src 'none'; img-src data:;"));
    assertEquals("catcher", line.json("/api/v1/status").getJsonObject("relay").getString("kind"));
    assertEquals(0, ada.happened("email.opened"));
  }

  @Test
  void noPathLeadsOutOfTheFolder() {
    for (String id :
        List.of("0000000001", "1", "..%2F..%2Fsoloist.key", "%2e%2e", "0000000001.eml", "%00")) {
      for (String part : List.of("", "/raw", "/html")) {
        assertEquals(404, line.get("/api/v1/mails/" + id + part).statusCode(), id + part);
      }
    }
    assertFalse(line.get("/soloist.key").statusCode() == 200);
  }
}
