package soloist.plugin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import soloist.http.Json;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Connector;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;
import soloist.spi.Survey;
import soloist.spi.Text;

/** The button under the form of an instance: tries it for real, once. */
final class TestButton {
  private final PluginHost plugins;

  TestButton(PluginHost plugins) {
    this.plugins = plugins;
  }

  /**
   * Does what the schema names under {@code x-test}.
   *
   * @return whether it went well, what became of it, and a sentence
   * @throws Problem when there is nothing to test or the plugin does not run
   */
  Map<String, Object> press(Instances.Instance instance, String recipient, String language) {
    Optional<Problem.Detail> fault =
        plugins.schema(instance.plugin()).stream()
            .flatMap(it -> it.contradictions(Json.object(instance.settings())).stream())
            .findFirst();
    if (fault.isPresent()) {
      Map<String, Object> result = result(false, "refused", fault.get().in(language));
      result.put("setting", fault.get().pointer().replace("/settings/", ""));
      return result;
    }
    String action = plugins.schema(instance.plugin()).flatMap(ConfigSchema::test).orElse("");
    Running running = plugins.requireRunning(instance.plugin());
    Settings settings = plugins.instances().settings(instance.id());
    try {
      return switch (action) {
        case "send-message" -> send(running, settings, recipient, language);
        case "survey" -> survey(running, settings);
        default -> throw Problem.invalid("", "instance-no-test", instance.plugin());
      };
    } catch (PluginFault e) {
      return result(false, "failed", e.reason().in(language));
    } catch (IllegalArgumentException e) {
      return result(false, "refused", String.valueOf(e.getMessage()));
    } catch (Connector.Unreadable e) {
      return result(false, "unreadable", in(language, e.reason()));
    } catch (IOException e) {
      return result(false, "failed", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> send(
      Running running, Settings settings, String recipient, String language) {
    Message message;
    try {
      message = message(recipient, language);
    } catch (IllegalArgumentException _) {
      throw Problem.invalid("/recipient", "instance-recipient");
    }
    Channel channel = GuardedChannel.openedBy(running, settings);
    try {
      Outcome outcome =
          running.guard().job("send", Guard.NoException.class, _ -> channel.send(message));
      Optional<Advice> advice = running.guard().call("advice", () -> channel.advice(outcome));
      return switch (outcome) {
        case Outcome.Accepted(String id) -> result(true, "accepted", id);
        case Outcome.Later later -> advised("later", later.reason(), advice, language);
        case Outcome.Refused refused ->
            advised("refused", refused.code() + " " + refused.reason(), advice, language);
        case Outcome.Uncertain(String reason) -> result(false, "uncertain", reason);
      };
    } finally {
      GuardedChannel.close(running, channel);
    }
  }

  /** What to do about it goes before what the other side has said. */
  private static Map<String, Object> advised(
      String outcome, String said, Optional<Advice> advice, String language) {
    Map<String, Object> result =
        result(false, outcome, advice.map(it -> in(language, it.text())).orElse(said));
    advice.ifPresent(it -> result.put("said", said));
    advice
        .map(Advice::setting)
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> result.put("setting", it));
    return result;
  }

  private static String in(String language, Text text) {
    return language.equals(Texts.CHINESE) ? text.zh() : text.en();
  }

  private static Message message(String recipient, String language) {
    String text = Texts.say(language, "plugin-test.text");
    return new Message(
        "test." + UUID.randomUUID().toString().replace("-", ""),
        recipient,
        Texts.say(language, "plugin-test.subject"),
        "<p>" + text + "</p>",
        text,
        language,
        null);
  }

  private static Map<String, Object> survey(Running running, Settings settings) throws IOException {
    try (GuardedConnector connector = new GuardedConnector(running)) {
      connector.open(settings);
      Survey survey = connector.survey();
      Map<String, Object> result = result(true, "surveyed", "");
      result.put("detected", survey.detected());
      result.put("fields", survey.fields().stream().map(Survey.Field::name).toList());
      result.put("rows", survey.rows());
      result.put("sample", survey.sample());
      return result;
    }
  }

  private static Map<String, Object> result(boolean ok, String outcome, String message) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ok", ok);
    result.put("outcome", outcome);
    result.put("message", message);
    return result;
  }
}
