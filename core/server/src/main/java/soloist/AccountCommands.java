package soloist;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import soloist.config.Options;
import soloist.http.Texts;

/** The commands {@code token}, {@code reset-owner} and {@code audit verify}. */
final class AccountCommands {
  private final PrintStream out;
  private final String language;
  private final Options options;
  private final ServerApi server;

  AccountCommands(PrintStream out, String language, Options options) throws IOException {
    this.out = out;
    this.language = language;
    this.options = options;
    server = new ServerApi(options, language);
  }

  /** Prints the token that lets a program on this machine in, for a line of the shell. */
  int token() {
    out.println(
        server
            .token()
            .orElseThrow(() -> new IllegalStateException(Texts.say(language, "cli.no-token"))));
    return 0;
  }

  /**
   * Prints a link behind which the owner chooses a new passphrase; with {@code --second-factor} the
   * owner's is turned off, too.
   */
  int resetOwner() throws IOException, InterruptedException {
    if (options.has("second-factor")) {
      server.post("owner/second-factor/remove", new JsonObject());
    }
    JsonObject made = server.post("owner/link", new JsonObject());
    out.println(
        options.has("json")
            ? made.encode()
            : Texts.say(language, "cli.reset-owner", made.getString("link")));
    return 0;
  }

  /** Names each line of the audit log that is not as it was written; 1 when there is one. */
  int verifyAudit() throws IOException, InterruptedException {
    JsonObject checked = server.get("audit/check");
    if (options.has("json")) {
      out.println(checked.encode());
    } else {
      for (Object item : checked.getJsonArray("faults")) {
        JsonObject fault = (JsonObject) item;
        out.println(
            Texts.say(
                language,
                "cli.audit." + fault.getString("what"),
                fault.getLong("line").toString()));
      }
      out.println(
          Texts.say(
              language,
              "cli.audit",
              checked.getLong("lines").toString(),
              Integer.toString(checked.getJsonArray("faults").size())));
    }
    return checked.getJsonArray("faults").isEmpty() ? 0 : 1;
  }
}
