package soloist.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Plugins made in the test: their sources are compiled here and zipped as a plugin's build does.
 */
final class TestPlugin {
  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private TestPlugin() {}

  static TestPlugin of(String id, String version) {
    TestPlugin plugin = new TestPlugin();
    plugin.manifest.put("plugin.id", id);
    plugin.manifest.put("plugin.version", version);
    plugin.manifest.put("permissions", "Does what the test wants.");
    return plugin;
  }

  /** A channel that takes everything and counts it in a system property. */
  static TestPlugin good(String id, String version) {
    return of(id, version).source("sample.Good").extension("sample.Good");
  }

  /** A channel that does harm: how is said by the file {@code behaviour} and its settings. */
  static TestPlugin hostile(String id, String behaviour) {
    return of(id, "1.0.0")
        .source("sample.Hostile")
        .extension("sample.Hostile")
        .says("plugin.class", "sample.Hostile$Entry")
        .file("classes/behaviour", behaviour);
  }

  TestPlugin says(String key, String value) {
    manifest.put(key, value);
    return this;
  }

  TestPlugin extension(String name) {
    return file("classes/META-INF/extensions.idx", name + "\n");
  }

  TestPlugin schema(String json) {
    return file("classes/config.schema.json", json);
  }

  TestPlugin file(String name, String text) {
    files.put(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return this;
  }

  /** Adds the classes of a source that lies beside the tests' resources. */
  TestPlugin source(String name) {
    COMPILED
        .computeIfAbsent(name, TestPlugin::compile)
        .forEach((file, bytes) -> files.put("classes/" + file, bytes));
    return this;
  }

  TestPlugin without(String file) {
    files.remove(file);
    return this;
  }

  byte[] zip() {
    StringBuilder lines = new StringBuilder();
    manifest.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    RawZip zip = new RawZip().add("plugin.properties", lines.toString());
    files.forEach((name, bytes) -> zip.add(name, bytes, 0100644));
    return zip.bytes();
  }

  Path zip(Path folder) {
    try {
      String name = manifest.get("plugin.id") + "-" + manifest.get("plugin.version") + ".zip";
      return Files.write(Files.createDirectories(folder).resolve(name), zip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(String name) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      Path out = Files.createTempDirectory("test-plugin");
      Path source = Path.of("src/test/resources/plugins").resolve(name.replace('.', '/') + ".java");
      Iterable<? extends JavaFileObject> sources = manager.getJavaFileObjects(source);
      List<String> options = List.of("-proc:none", "-d", out.toString());
      if (!compiler.getTask(said, manager, null, options, null, sources).call()) {
        throw new IllegalStateException(said.toString());
      }
      Map<String, byte[]> classes = new HashMap<>();
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String path = out.relativize(file).toString().replace('\\', '/');
          classes.put(path, Files.readAllBytes(file));
          Files.delete(file);
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
