package soloist.connector.csv;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows by key in bounded memory: what does not fit is written to temporary files as sorted
 * runs, which are then merged (external merge sort, Knuth, TAOCP 3, 5.4). Rows that fit are never
 * written.
 */
final class RowSorter implements AutoCloseable {
  /** A row as it was written, by the key that brings those together that belong together. */
  record Keyed(String key, long row, Fault fault, String raw) implements Comparable<Keyed> {
    private static final Comparator<Keyed> ORDER =
        Comparator.comparing(Keyed::key).thenComparingLong(Keyed::row);

    @Override
    public int compareTo(Keyed other) {
      return ORDER.compare(this, other);
    }

    /** Bytes on the heap, roughly. */
    int weight() {
      return 160 + 2 * (key.length() + raw.length());
    }
  }

  /** What is held at once. */
  static final int HEAVIEST = 8 << 20;

  // Each open run holds a buffer and a file.
  private static final int MOST_RUNS = 64;
  private static final int BUFFER = 16 << 10;

  private final int heaviest;
  private final List<FileChannel> runs = new ArrayList<>();
  private List<Keyed> held = new ArrayList<>();
  private long weight;

  RowSorter(int heaviest) {
    this.heaviest = heaviest;
  }

  void add(Keyed row) throws IOException {
    held.add(row);
    weight += row.weight();
    if (weight > heaviest) {
      Collections.sort(held);
      try (Run own = new Run(held)) {
        runs.add(write(new Merged(List.of(own))));
      }
      held = new ArrayList<>();
      weight = 0;
      if (runs.size() == MOST_RUNS) {
        shorten();
      }
    }
  }

  /** Everything in order. To be closed. */
  Merged sorted() throws IOException {
    Collections.sort(held);
    List<Run> all = new ArrayList<>(List.of(new Run(held)));
    for (FileChannel run : runs) {
      all.add(new Run(run));
    }
    return new Merged(all);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel run : runs) {
      run.close();
    }
  }

  /** Makes one run of all. */
  private void shorten() throws IOException {
    List<Run> open = new ArrayList<>();
    for (FileChannel run : runs) {
      open.add(new Run(run));
    }
    FileChannel one;
    try (Merged merged = new Merged(open)) {
      one = write(merged);
    }
    runs.clear();
    runs.add(one);
  }

  /** A file that has no name any more, where the system allows it: a kill leaves nothing behind. */
  private static FileChannel write(Merged rows) throws IOException {
    Path file = Files.createTempFile("soloist-csv-", ".run");
    FileChannel run =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(run), BUFFER));
    for (Keyed row = rows.next(); row != null; row = rows.next()) {
      write(out, row.key());
      out.writeLong(row.row());
      out.writeByte(row.fault().ordinal());
      write(out, row.raw());
    }
    out.writeInt(-1);
    out.flush();
    return run;
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Runs as one. */
  static final class Merged implements AutoCloseable {
    private final List<Run> runs;
    private final PriorityQueue<Run> byHead =
        new PriorityQueue<>(Comparator.comparing(run -> run.head().orElseThrow()));

    private Merged(List<Run> runs) throws IOException {
      this.runs = runs;
      for (Run run : runs) {
        advance(run);
      }
    }

    /** The next row; null at the end. */
    @Nullable Keyed next() throws IOException {
      Run run = byHead.poll();
      if (run == null) {
        return null;
      }
      Keyed row = run.head().orElseThrow();
      advance(run);
      return row;
    }

    private void advance(Run run) throws IOException {
      if (run.advance()) {
        byHead.add(run);
      }
    }

    @Override
    public void close() throws IOException {
      for (Run run : runs) {
        run.close();
      }
    }
  }

  /** Sorted rows, in memory or in a file. */
  private static final class Run implements AutoCloseable {
    private final Iterator<Keyed> held;
    private final @Nullable DataInputStream file;
    private Optional<Keyed> head = Optional.empty();

    Run(List<Keyed> held) {
      this.held = held.iterator();
      this.file = null;
    }

    Run(FileChannel file) throws IOException {
      this.held = Collections.emptyIterator();
      this.file =
          new DataInputStream(
              new BufferedInputStream(Channels.newInputStream(file.position(0)), BUFFER));
    }

    Optional<Keyed> head() {
      return head;
    }

    boolean advance() throws IOException {
      head =
          file != null ? read(file) : held.hasNext() ? Optional.of(held.next()) : Optional.empty();
      return head.isPresent();
    }

    private static Optional<Keyed> read(DataInputStream in) throws IOException {
      int length = in.readInt();
      if (length < 0) {
        return Optional.empty();
      }
      String key = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      long row = in.readLong();
      Fault fault = Fault.values()[in.readByte()];
      String raw = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      return Optional.of(new Keyed(key, row, fault, raw));
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
