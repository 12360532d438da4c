package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.plugin.PluginFault;
import soloist.plugin.PluginHost;
import soloist.spi.Connector;
import soloist.spi.Settings;
import soloist.spi.Survey;

/** Reads uploads through the connector that each names. */
final class Sources {
  private final PluginHost plugins;

  Sources(PluginHost plugins) {
    this.plugins = plugins;
  }

  /**
   * Checks settings.
   *
   * @param path of the upload
   */
  Settings settings(Path path, String plugin, JsonObject given) {
    return plugins.settings(plugin, given.copy().put("file", path.toAbsolutePath().toString()));
  }

  /**
   * Looks at a source.
   *
   * @throws Problem when nothing can be read there
   */
  Map<String, Object> survey(Path path, String plugin, JsonObject settings, String language)
      throws IOException {
    Settings checked = settings(path, plugin, settings);
    try (Connector connector = plugins.connector(plugin)) {
      connector.open(checked);
      Survey survey = connector.survey();
      return Surveys.shown(survey);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("/settings", "import-settings", String.valueOf(e.getMessage()));
    } catch (Connector.Unreadable e) {
      String reason = language.equals(Texts.CHINESE) ? e.reason().zh() : e.reason().en();
      throw Problem.invalid("", "import-unreadable", reason);
    } catch (PluginFault e) {
      throw Conflict.because("import-plugin", e.in(language));
    }
  }

  /**
   * Hands everything after a cursor on.
   *
   * @throws IOException when the source fails; the message says so in both languages
   */
  void pull(Import file, Settings settings, Reading reading, String cursor, Connector.Sink sink)
      throws IOException {
    try (Connector connector = plugins.connector(file.plugin())) {
      connector.open(settings);
      connector.pull(reading.mapping(), cursor, sink);
    } catch (Connector.Unreadable e) {
      // A job has one reason, and who reads it may read either language.
      throw new IOException(e.reason().en() + " " + e.reason().zh(), e);
    }
  }
}
