package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.plugin.Instances.Origin;
import soloist.spi.Settings;

/** The channel of mail: of the command line, of the owner, or the one that stands in for them. */
class MailInstanceTest {
  private static final String SECRET = "s3cret-of-the-owner";
  private static final Settings BROUGHT =
      new Settings(Map.of("host", "brought.example", "key", SECRET));
  private static final JsonObject OWN =
      new JsonObject()
          .put("id", "email")
          .put("plugin", "it")
          .put("name", "E-mail")
          .put("settings", new JsonObject().put("host", "own.example"));
  private static final String SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "required": ["host"],
        "dependentRequired": {"user": ["key"]},
        "x-test": {"action": "send-message"},
        "properties": {
          "host": {"type": "string"},
          "user": {"type": "string"},
          "key": {"type": "string", "x-secret": true, "writeOnly": true}
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void whatTheCommandLineSaysGoesBeforeWhatTheOwnerHasSet() throws IOException {
    try (Hosted hosted = new Hosted(folder).start()) {
      hosted.install(TestPlugin.good("it", "1.0.0").schema(SCHEMA));
      Instances instances = hosted.plugins().instances();
      assertEquals("/id instance-id", fault(hosted.post("instances", OWN)));
      instances.bring("it", BROUGHT, Set.of("key"), Origin.SERVER);
      assertEquals("server brought.example", mail(hosted));
      assertEquals(404, hosted.post("instances/email/disable", OWN).statusCode());
      JsonObject half = OWN.copy();
      half.getJsonObject("settings").put("user", "ada");
      assertEquals("/settings/key setting-required", fault(hosted.post("instances", half)));
      hosted.done("instances", OWN);
      assertEquals("page own.example", mail(hosted));
      tries(hosted);
      assertEquals(1, tried(instances, hosted));

      instances.bring("it", BROUGHT, Set.of("key"), Origin.COMMAND_LINE);

      assertEquals("command-line brought.example", mail(hosted));
      assertFalse(hosted.get("instances").body().contains(SECRET));
      assertEquals(SECRET, instances.settings("email").text("key"));
      for (String path : List.of("", "/email", "/email/remove", "/email/disable")) {
        assertEquals("/id instance-fixed", fault(hosted.post("instances" + path, OWN)), path);
      }
      assertEquals(0, tried(instances, hosted), "another server was tried");
      tries(hosted);
      instances.bring("it", BROUGHT, Set.of("key"), Origin.COMMAND_LINE);
      assertEquals(1, tried(instances, hosted), "the same options at the next start");

      instances.bring("it", BROUGHT, Set.of("key"), Origin.SERVER);
      assertEquals("page own.example", mail(hosted));
      hosted.done("instances/email/remove", new JsonObject());
      assertEquals("server brought.example", mail(hosted));
    }
  }

  private static void tries(Hosted hosted) {
    hosted.done("instances/email/test", new JsonObject().put("recipient", "ada"));
  }

  private static long tried(Instances instances, Hosted hosted) {
    return hosted.plugins().tried().find(instances.find("email").orElseThrow()).stream().count();
  }

  private static String mail(Hosted hosted) {
    JsonObject mail = new JsonObject(hosted.get("instances/email").body());
    return mail.getString("setBy") + " " + mail.getJsonObject("settings").getString("host");
  }

  private static String fault(HttpResponse<String> response) {
    JsonObject fault = new JsonObject(response.body()).getJsonArray("errors").getJsonObject(0);
    return fault.getString("pointer") + " " + fault.getString("code");
  }
}
