package soloist.bench.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours that is told by lines on its input and tells by lines on its output. It ends
 * with its input, so that nothing is left when this process ends in whatever way.
 */
final class Child implements AutoCloseable {
  /** 128 and the number of SIGKILL, of SIGTERM. */
  static final int KILLED = 137;

  static final int ASKED = 143;

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int TAIL = 30;

  private final String name;
  private final Process process;
  private final Path log;
  private final PrintStream input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    input = new PrintStream(process.getOutputStream(), true, UTF_8);
    // Reading a pipe holds on to the thread that carries a virtual one, of which there are few.
    Thread.ofPlatform().daemon().name("reads " + name).start(this::read);
  }

  /** Starts it; what it writes to standard error is added to the log. */
  static Child start(String name, List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Child(name, process, log);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException _) {
      // It was killed in the middle of a line.
    }
  }

  void tell(String line) {
    input.println(line);
  }

  /**
   * The rest of the next line that begins with one of the words.
   *
   * @throws IllegalStateException when the process ends or the time is over before that
   */
  String await(String... words) throws InterruptedException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < limit) {
      String line = lines.poll(50, TimeUnit.MILLISECONDS);
      if (line != null) {
        Optional<String> rest = rest(line, words);
        if (rest.isPresent()) {
          return rest.get();
        }
      } else if (!process.isAlive() && lines.isEmpty()) {
        break;
      }
    }
    throw new IllegalStateException(
        name
            + (process.isAlive() ? " did not say " : " ended before it said ")
            + String.join(" or ", words)
            + tail());
  }

  private static Optional<String> rest(String line, String... words) {
    for (String word : words) {
      if (line.startsWith(word + " ")) {
        return Optional.of(line.substring(word.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Waits until it has ended by itself. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(name + " did not end well" + tail());
    }
  }

  /** SIGKILL. Returns when the process is no more. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    int code = process.waitFor();
    if (code != KILLED) {
      throw new IllegalStateException(
          name + " ended by itself with " + code + " before it was killed" + tail());
    }
  }

  /** SIGTERM, twice: the second must not hurry it. Returns when the process is no more. */
  void ask() throws InterruptedException {
    process.toHandle().destroy();
    process.toHandle().destroy();
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != ASKED) {
      throw new IllegalStateException(name + " did not end as asked" + tail());
    }
  }

  private String tail() {
    try {
      List<String> all = Files.readAllLines(log);
      return "; it logged:\n"
          + String.join("\n", all.subList(Math.max(0, all.size() - TAIL), all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    input.close();
  }

  /** For the process itself: ends it when its parent is gone. Blocks until then. */
  static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // nobody tells it anything
      }
    } catch (IOException _) {
      // the same as the end
    }
    Runtime.getRuntime().halt(0);
  }
}
