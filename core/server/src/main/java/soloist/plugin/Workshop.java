package soloist.plugin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import soloist.config.Folders;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/**
 * A process of its own in which a profiler learns from a large table. The memory that it takes is
 * taken from nobody, whatever ends it ends only the run, and it has the vectors of the JDK, with
 * which the server itself would start slowly.
 */
final class Workshop {
  /** Smaller tables are learnt from sooner than a process starts. */
  private static final long LEAST_BYTES = 8 * 1024 * 1024;

  /** What a profiler may take beside the table, as copies of it. */
  private static final int COPIES = 5;

  private static final long OWN_BYTES = 256 * 1024 * 1024;
  private static final int BYTES_OF_A_TEXT = 48;

  /** The exit code of a virtual machine that is told to end for want of memory. */
  private static final int OUT_OF_MEMORY = 3;

  private static final byte ENDED = -1;

  private Workshop() {}

  /** Whether a table is large enough to be worth a process. */
  static boolean isFor(Table table) {
    return bytes(table) >= LEAST_BYTES;
  }

  /**
   * Learns there.
   *
   * @param progress whose cancelling ends the process
   * @throws Profiler.Refused as the profiler does
   * @throws IOException when the process cannot be started or ends without an answer
   */
  static Profiler.Model fit(
      Shelf.Kept plugin, Settings settings, Table table, Profiler.Run run, Progress progress)
      throws Profiler.Refused, IOException {
    Path marks = Files.createTempDirectory("soloist-workshop");
    Process process = started(plugin, table, marks);
    var unused = process.onExit().thenRun(() -> Folders.discard(marks));
    progress.atCancel(process::destroyForcibly);
    try (var out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      byte first = progress.host(() -> handOver(settings, table, run, in, out));
      return answer(first, in, out, run);
    } catch (IOException e) {
      throw ended(process, e);

    } finally {
      process.destroyForcibly();
    }
  }

  private static Process started(Shelf.Kept plugin, Table table, Path marks) throws IOException {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--add-modules",
              "jdk.incubator.vector",
              "-Xmx" + (OWN_BYTES + COPIES * bytes(table)) / 1024 / 1024 + "m",
              "-XX:+UseSerialGC",
              "-XX:+ExitOnOutOfMemoryError",
              "-XX:+DisplayVMOutputToStderr",
              "-cp",
              System.getProperty("java.class.path"),
              Apprentice.class.getName(),
              plugin.folder().toString(),
              marks.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      Folders.discard(marks);
      throw e;
    }
  }

  /** Until the plugin begins: what it takes to get there is not its idleness. */
  private static byte handOver(
      Settings settings, Table table, Profiler.Run run, DataInputStream in, DataOutputStream out) {
    try {
      SpiValues.write(out, settings);
      out.writeLong(run.seed());
      SpiValues.write(out, table);
      out.flush();
      return in.readByte();
    } catch (IOException _) {
      return ENDED;
    }
  }

  private static Profiler.Model answer(
      byte first, DataInputStream in, DataOutputStream out, Profiler.Run run)
      throws IOException, Profiler.Refused {
    for (byte next = first; ; next = in.readByte()) {
      switch (next) {
        case ENDED -> throw new EOFException();
        case Apprentice.BEGINS -> {}
        case Apprentice.MOVES -> {
          out.writeBoolean(run.progress(in.readDouble()));
          out.flush();
        }
        case Apprentice.REFUSES -> throw new Profiler.Refused((Text) SpiValues.read(in));
        case Apprentice.FAILS -> throw new IllegalStateException((String) SpiValues.read(in));
        default -> {
          return (Profiler.Model) SpiValues.read(in);
        }
      }
    }
  }

  private static IOException ended(Process process, IOException how) {
    try {
      int code = process.waitFor();
      if (code == OUT_OF_MEMORY) {
        throw new OutOfMemoryError("in a process of its own");
      }
      return how instanceof EOFException
          ? new IOException("its process ended with " + code, how)
          : how;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IOException("interrupted", e);
    }
  }

  private static long bytes(Table table) {
    long bytes = 0;
    for (Table.Column column : table.columns()) {
      bytes +=
          switch (column) {
            case Table.Numbers numbers -> 8L * numbers.size();
            case Table.Times times -> 8L * times.size();
            case Table.Texts texts -> (long) BYTES_OF_A_TEXT * texts.size();
            case Table.Events events ->
                4L * events.size() + 24L * events.times().length + 4L * events.items().length;
          };
    }
    return bytes + BYTES_OF_A_TEXT * (long) table.people().size();
  }
}
