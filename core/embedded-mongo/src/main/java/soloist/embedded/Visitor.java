package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Until it has proved that it knows the password it may only greet and sign in; a
 * proof that fails ends it.
 */
final class Visitor {
  private static final Set<String> BEFORE_SIGNING_IN =
      Set.of("hello", "isMaster", "ismaster", "ping");

  /** What a stranger may make us hold in memory. */
  private static final int STRANGERS_MESSAGE = 1 << 14;

  private final CommandHandler commands;
  private final Scram scram;
  private Scram.@Nullable Conversation conversation;
  private boolean signedIn;
  private boolean refused;

  Visitor(CommandHandler commands, Scram scram) {
    this.commands = commands;
    this.scram = scram;
  }

  /** True when there is nothing more to say to this one. */
  boolean isRefused() {
    return refused;
  }

  int longestMessage() {
    return signedIn ? Commands.MAX_MESSAGE + (1 << 16) : STRANGERS_MESSAGE;
  }

  Document handle(String database, Document body) {
    String command = Commands.name(body);
    return switch (command) {
      case "saslStart" -> {
        conversation = scram.begin();
        yield Scram.MECHANISM.equals(body.get("mechanism"))
            ? answer(conversation.first(payload(body)), false)
            : answer(Optional.empty(), false);
      }
      case "saslContinue" -> {
        Scram.Conversation begun = conversation;
        conversation = null;
        yield answer(begun == null ? Optional.empty() : begun.last(payload(body)), true);
      }
      default ->
          signedIn || BEFORE_SIGNING_IN.contains(command)
              ? commands.handle(database, body)
              : Commands.error(
                  13, "Unauthorized", "command " + command + " requires authentication");
    };
  }

  private static String payload(Document body) {
    return body.get("payload") instanceof BinData data && data.getData().length <= Scram.LONGEST
        ? new String(data.getData(), UTF_8)
        : "";
  }

  private Document answer(Optional<String> said, boolean done) {
    signedIn = done && said.isPresent();
    refused = said.isEmpty();
    return refused
        ? Commands.error(18, "AuthenticationFailed", "Authentication failed.")
        : new Document("conversationId", 1)
            .append("done", done)
            .append("payload", new BinData(said.orElseThrow().getBytes(UTF_8)))
            .append("ok", 1.0);
  }
}
