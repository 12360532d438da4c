package soloist.embedded;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A store in a process of its own, to be killed. */
final class Child implements AutoCloseable {
  private final Process process;
  private final String uri;

  private Child(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static Child start(String kind, Path directory, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), kind));
    command.add(directory.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectError(Files.createTempFile("child", ".log").toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the child ended before it was ready");
    }
    return new Child(process, line);
  }

  String uri() {
    return uri;
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    try {
      process.destroyForcibly();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the child did not die");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Serves until killed, or until whoever started it has gone. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    System.out.println(
        switch (arguments[0]) {
          case "h2" ->
              new MongoServer(new H2Backend(directory.resolve("h2.mv").toString()))
                  .bindAndGetConnectionString();
          default -> EmbeddedMongo.open(directory).uri();
        });
    while (System.in.read() >= 0) {
      // Nothing is sent; the end of the stream says that the parent is gone.
    }
    Runtime.getRuntime().halt(1);
  }
}
