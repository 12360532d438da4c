package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;

/**
 * What was changed since the last checkpoint, in the order in which it was: it is written before a
 * command is answered, while the maps are written now and then. A checkpoint begins a new file, and
 * when it is on disk the older ones are deleted. Records are written by one thread, files begun and
 * deleted by another, while the first has nothing to write.
 */
final class WriteLog implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WriteLog.class.getName());

  private final Path directory;
  private final String scheme;
  private final List<Long> older = new ArrayList<>();
  private volatile LogSegment newest;
  private volatile long olderBytes;
  private long written;
  private volatile long synced;

  /**
   * Goes on with a log.
   *
   * @param newest its last file
   * @param written how many records there are
   * @param older the numbers of files before it that the store still needs
   */
  WriteLog(Path directory, String scheme, LogSegment newest, long written, List<Long> older)
      throws IOException {
    this.directory = directory;
    this.scheme = scheme;
    this.newest = newest;
    this.written = written;
    this.synced = written;
    long bytes = 0;
    for (long number : older) {
      this.older.add(number);
      bytes += path(directory, scheme, number).size();
    }
    this.olderBytes = bytes;
  }

  /** Begins a log with a file of this number. */
  static WriteLog begin(Path directory, String scheme, long number, long written)
      throws IOException {
    LogSegment first = LogSegment.create(path(directory, scheme, number), number, written);
    Folder.sync(directory);
    return new WriteLog(directory, scheme, first, written, List.of());
  }

  static FilePath path(Path directory, String scheme, long number) {
    Path file = directory.resolve(LogSegment.PREFIX + number).toAbsolutePath();
    return FilePath.get(scheme + file);
  }

  /** The numbers of the files there are, in order. */
  static List<Long> numbers(Path directory) throws IOException {
    var numbers = new ArrayList<Long>();
    for (Path file : Folder.list(directory)) {
      String name = file.getFileName().toString();
      if (name.matches("store\\.log-\\d{1,18}")) {
        numbers.add(Long.parseLong(name.substring(LogSegment.PREFIX.length())));
      }
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** Where a checkpoint begins to need it: in this file, after so many records. */
  record Position(long segment, long after) {}

  /** What a store begins with that has had no checkpoint. */
  static final Position START = new Position(1, 0);

  Position position() {
    return new Position(newest.number(), written);
  }

  /** Writes what was changed together as one record. */
  void append(List<List<Change>> together) throws IOException {
    newest.append(written + 1, together);
    written++;
  }

  /** Returns when all that was written is on disk. */
  void sync() throws IOException {
    newest.sync();
    synced = written;
  }

  /** How many records are known to be on disk. */
  long synced() {
    return synced;
  }

  /** How much there is to read again after a crash. */
  long bytes() {
    return olderBytes + newest.end() - LogSegment.HEAD;
  }

  /** Begins a new file; all that was written must be on disk. */
  void rotate() throws IOException {
    long number = newest.number() + 1;
    LogSegment next = LogSegment.create(path(directory, scheme, number), number, written);
    Folder.sync(directory);
    newest.close();
    older.add(newest.number());
    olderBytes = bytes();
    newest = next;
  }

  /** Deletes all files before the newest: a checkpoint that does not need them is on disk. */
  void forgetOlder() {
    olderBytes = 0;
    for (long number : older) {
      try {
        path(directory, scheme, number).delete();
      } catch (MVStoreException e) {
        LOG.log(Level.WARNING, "A file of the log that is not needed any more stays", e);
      }
    }
    older.clear();
  }

  @Override
  public void close() throws IOException {
    newest.close();
  }
}
