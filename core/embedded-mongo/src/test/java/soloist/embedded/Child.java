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
  /** After so many bytes of log the maps are written, by one that does so all the time. */
  private static final long RESTLESS = 20_000;

  private final Process process;
  private final String uri;

  private Child(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static Child start(String kind, Path directory, String... options) throws IOException {
    Process process = begun(kind, directory, options);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the child ended before it was ready");
    }
    return new Child(process, line);
  }

  /** Starts one and kills it so soon that it may not have opened the store. */
  static void killOpening(Path directory, long millis) throws Exception {
    Process process = begun("ours", directory);
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the child ended by itself");
    }
    new Child(process, "").kill();
  }

  private static Process begun(String kind, Path directory, String... options) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), kind));
    command.add(directory.toString());
    return new ProcessBuilder(command)
        .redirectError(Files.createTempFile("child", ".log").toFile())
        .start();
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
          case "restless" ->
              EmbeddedMongo.open(directory, EmbeddedMongo.Settings.USUAL.checkpointEvery(RESTLESS))
                  .uri();
          default -> EmbeddedMongo.open(directory).uri();
        });
    while (System.in.read() >= 0) {
      // Nothing is sent; the end of the stream says that the parent is gone.
    }
    Runtime.getRuntime().halt(1);
  }
}
