package soloist.plugin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/**
 * What runs in a {@link Workshop}: loads the plugin of a folder as the server does, reads settings,
 * seed and table from standard input, and writes how it gets on and what it has learnt to standard
 * output. It ends with the server, whose end of the pipe is then gone.
 */
final class Apprentice {
  static final byte BEGINS = 1;
  static final byte MOVES = 2;
  static final byte LEARNT = 3;
  static final byte REFUSES = 4;
  static final byte FAILS = 5;

  private Apprentice() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    // A plugin that prints must not be taken for an answer.
    System.setOut(System.err);
    var in = new DataInputStream(new BufferedInputStream(System.in));
    var out = new DataOutputStream(new BufferedOutputStream(answers));
    try {
      Profiler profiler = profiler(Path.of(arguments[0]), Path.of(arguments[1]));
      profiler.open((Settings) SpiValues.read(in));
      var run = new Told(in.readLong(), in, out);
      Table table = (Table) SpiValues.read(in);
      out.writeByte(BEGINS);
      out.flush();
      Profiler.Model learnt = profiler.fit(table, run);
      out.writeByte(LEARNT);
      SpiValues.write(out, learnt);
    } catch (Profiler.Refused e) {
      out.writeByte(REFUSES);
      SpiValues.write(out, e.reason());
    } catch (RuntimeException | LinkageError e) {
      e.printStackTrace(System.err);
      out.writeByte(FAILS);
      SpiValues.write(out, e.getClass().getName() + ": " + e.getMessage());
    }
    out.flush();
    System.exit(0);
  }

  private static Profiler profiler(Path folder, Path marks) throws IOException {
    Manifest manifest = Manifest.read(folder);
    var guard =
        new Guard(manifest.id(), Guard.Limits.USUAL, new Marks(marks, InstantSource.system()));
    return Running.start(new Shelf.Kept("", 0, folder, manifest, "", ""), guard, List.of())
        .create(Profiler.class);
  }

  private record Told(long seed, DataInputStream in, DataOutputStream out) implements Profiler.Run {
    @Override
    public boolean progress(double part) {
      try {
        out.writeByte(MOVES);
        out.writeDouble(part);
        out.flush();
        return in.readBoolean();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
