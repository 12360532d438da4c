package soloist.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that says {@code ready}, takes one task a line and answers each with the processor
 * seconds that it took and how good the result is.
 */
final class LearningSide implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer tasks;

  /**
   * What a task came to.
   *
   * @param seconds of processor time
   * @param good how good the result is
   */
  record Result(double seconds, double good) {}

  /**
   * Starts it.
   *
   * @throws IOException when there is no such command
   * @throws IllegalStateException when it does not get ready
   */
  LearningSide(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    tasks = process.outputWriter(StandardCharsets.UTF_8);
    if (!"ready".equals(answers.readLine())) {
      process.destroy();
      throw new IllegalStateException(command.getFirst() + " does not get ready");
    }
  }

  Result run(String task) {
    try {
      tasks.write(task + "\n");
      tasks.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the other side ended at " + task);
      }
      String[] told = answer.split(" ", 2);
      return new Result(Double.parseDouble(told[0]), Double.parseDouble(told[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it has had, as Linux counts it. */
  double peakMegabytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
