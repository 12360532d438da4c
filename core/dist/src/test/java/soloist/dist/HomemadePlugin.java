package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A plugin compiled from one source beside the tests and zipped as a plugin's build does. */
final class HomemadePlugin {
  private HomemadePlugin() {}

  /**
   * The zip of a plugin.
   *
   * @param source such as {@code moody/Moody}
   * @param schema its form
   */
  static byte[] zip(Path folder, String id, String version, String source, String schema) {
    try {
      Path classes = Files.createDirectories(folder.resolve(id + version + "/classes"));
      assertEquals(
          0,
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-d",
                  classes.toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-processor",
                  "org.pf4j.processor.ExtensionAnnotationProcessor",
                  "src/test/resources/" + source + ".java"));
      Files.writeString(classes.resolve("config.schema.json"), schema);
      Path plugin = classes.getParent();
      Files.writeString(
          plugin.resolve("plugin.properties"),
          "plugin.id=%s\nplugin.version=%s\npermissions=Does what the test wants.\n"
              .formatted(id, version));
      return zipped(plugin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A plugin that ships under another id and with a description of its own. */
  static byte[] renamed(Path shipped, String id, String description) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (ZipFile from = new ZipFile(shipped.toFile());
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().equals("plugin.properties")) {
          Properties properties = new Properties();
          properties.load(from.getInputStream(entry));
          properties.setProperty("plugin.id", id);
          properties.setProperty("plugin.description", description);
          properties.setProperty("description.zh-CN", description);
          properties.store(zip, null);
        } else {
          from.getInputStream(entry).transferTo(zip);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zipped(Path plugin) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(plugin)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        zip.putNextEntry(new ZipEntry(plugin.relativize(file).toString()));
        Files.copy(file, (OutputStream) zip);
      }
    }
    return bytes.toByteArray();
  }
}
