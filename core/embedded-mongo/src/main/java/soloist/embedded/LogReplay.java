package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes what the log says once more, in memory only, when a store is opened. A last record that is
 * not whole was never acknowledged and is left out. Anything else that cannot be read is refused,
 * unless the owner has deleted the note to go on with what can be.
 */
final class LogReplay {
  private static final Logger LOG = System.getLogger(LogReplay.class.getName());

  private final StoreFile file;
  private final Path directory;
  private final String scheme;
  private final List<Long> read = new ArrayList<>();
  private long written;
  private long end;
  private boolean torn;

  LogReplay(StoreFile file, Path directory, String scheme) {
    this.file = file;
    this.directory = directory;
    this.scheme = scheme;
  }

  /** Only looks, and changes the maps in memory. */
  void look(WriteLog.Position from, SyncedNote promise) throws IOException {
    List<Long> numbers = WriteLog.numbers(directory);
    boolean damaged = !readFrom(from, numbers);
    if ((damaged || written < promise.record()) && isNoted()) {
      throw StoreFaults.lost(directory, "record", Math.max(promise.record(), written + 1), written);
    }
  }

  private boolean isNoted() {
    return Files.exists(directory.resolve(SyncedNote.FILE));
  }

  /** Reads file after file; false when something is missing or damaged, and not only torn. */
  private boolean readFrom(WriteLog.Position from, List<Long> numbers) throws IOException {
    written = from.after();
    long last = numbers.isEmpty() ? 0 : numbers.getLast();
    for (long number = from.segment(); numbers.contains(number); number++) {
      try (var reader = new LogReader(WriteLog.path(directory, scheme, number), number, written)) {
        boolean whole = reader.read(file::apply);
        if (reader.end() > 0) {
          read.add(number);
          written = reader.written();
          end = reader.end();
          torn = !whole;
        }
        if (!whole) {
          // Only a file that no checkpoint names may have been begun when the power failed.
          boolean begun = reader.end() > 0 || number > from.segment();
          return begun && number == last && !reader.hasMore();
        }
      }
    }
    return read.isEmpty() ? from.equals(WriteLog.START) && last == 0 : read.getLast() == last;
  }

  /** Reads the log and opens it to go on. */
  WriteLog run(WriteLog.Position from, SyncedNote promise) throws IOException {
    look(from, promise);
    for (long number : WriteLog.numbers(directory)) {
      boolean newest = !read.isEmpty() && number == read.getLast();
      if (newest && torn || number >= from.segment() && !read.contains(number)) {
        setAside(number);
      }
      if (!read.contains(number)) {
        WriteLog.path(directory, scheme, number).delete();
      }
    }
    if (read.isEmpty()) {
      return WriteLog.begin(directory, scheme, from.segment(), from.after());
    }
    long newest = read.removeLast();
    LogSegment segment = LogSegment.append(WriteLog.path(directory, scheme, newest), newest, end);
    return new WriteLog(directory, scheme, segment, written, read);
  }

  private void setAside(long number) throws IOException {
    Path torn = directory.resolve(LogSegment.PREFIX + number);
    Path aside = directory.resolve("store.aside-log-" + number);
    Files.copy(torn, aside, StandardCopyOption.REPLACE_EXISTING);
    LOG.log(
        Level.WARNING,
        "The last record of {0} had not reached the disk whole and was left out; the file as it was"
            + " is kept in {1}.",
        torn,
        aside);
  }
}
