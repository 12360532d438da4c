package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Write a plugin in ten minutes", word for word but for the port. */
class PluginTutorialIT {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+) (\\S+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void leadsToAPluginThatWorks() throws Exception {
    Map<String, String> scripts = new LinkedHashMap<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("../../plugins/README.md")));
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        scripts.put(block.group(2), block.group(3));
      } else {
        Path file = folder.resolve(block.group(2));
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.group(3));
      }
    }
    assertEquals(List.of("build", "install", "configure"), List.copyOf(scripts.keySet()));
    layTree();

    Path notes = Path.of("notes.txt");
    try (Line line = Line.withoutRelay(Files.createDirectory(folder.resolve("line")))) {
      run(scripts.get("build"), line);
      String listed = run(scripts.get("install"), line);
      String configured = run(scripts.get("configure"), line);

      assertTrue(listed.matches("(?s).*channel-notes +running +1\\.0\\.0.*"), listed);
      assertTrue(configured.contains("\"ok\":true"), configured);
      assertEquals("ada: A test from Soloist\n", Files.readString(notes));
    } finally {
      Files.deleteIfExists(notes);
    }
  }

  /** What the commands name of this tree: the launcher, without its build, and what it runs. */
  private void layTree() throws IOException {
    Path core = Files.createDirectories(folder.resolve("core/dist/target")).resolve("../..");
    Files.createSymbolicLink(
        folder.resolve("core/dist/target/soloist"), Line.SHIPPED.toAbsolutePath());
    Path launcher = core.normalize().resolve("soloist");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec java -cp '"
            + Line.SHIPPED.toAbsolutePath()
            + "/lib/*' soloist.Main \"$@\"\n");
    assertTrue(launcher.toFile().setExecutable(true));
  }

  private String run(String script, Line line) throws IOException, InterruptedException {
    ProcessBuilder bash =
        new ProcessBuilder(
            "bash", "-euc", script.replace("localhost:8080", "localhost:" + line.port()));
    bash.directory(folder.toFile()).redirectErrorStream(true);
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    bash.environment().merge("PATH", jdk.toString(), (path, first) -> first + ":" + path);
    bash.environment().put("SOLOIST_PORT", Integer.toString(line.port()));
    bash.environment().put("SOLOIST_HOME", line.home().toAbsolutePath().toString());
    bash.environment().put("LC_ALL", "C.UTF-8");
    Process process = bash.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
