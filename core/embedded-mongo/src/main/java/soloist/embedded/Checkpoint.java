package soloist.embedded;

import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * One checkpoint: what had changed when it was begun goes into the trees and to disk, and then the
 * log before it is dropped. What is written on the way says that all of the log is still needed; to
 * read that once more does no harm.
 */
final class Checkpoint {
  /** So many entries are merged at a time; of those that lie far apart each makes a page anew. */
  private static final int ENTRIES = 256;

  /** What changed pages take in memory at most before they are written. */
  static final int MOST_BYTES =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / 64, 2L << 20, 8L << 20);

  private final StoreFile file;
  private final WriteLog.Position from;
  private final List<LayeredMap> maps;
  private final List<LayeredMap> dropped;

  /** To be called while nobody changes anything and all changes are in the log and synced. */
  Checkpoint(StoreFile file) throws IOException {
    this.file = file;
    file.log().rotate();
    from = file.log().position();
    maps = file.freeze();
    dropped = file.takeDropped();
  }

  /**
   * Does what is left of it and returns when it is on disk. Commands go on meanwhile.
   *
   * @param mostBytes what changed pages may take in memory before they are written
   * @param room is asked for so many bytes before they are written, and refuses by an error
   */
  void finish(int mostBytes, LongConsumer room) throws IOException {
    for (LayeredMap map : maps) {
      map.merge(ENTRIES, () -> writeMuch(mostBytes, room));
    }
    file.thaw();
    while (!dropped.isEmpty()) {
      file.store().removeMap(dropped.removeLast().tree());
    }
    file.needFrom(from);
    file.write(room);
    file.log().forgetOlder();
  }

  private void writeMuch(int mostBytes, LongConsumer room) throws IOException {
    if (file.unwritten() >= mostBytes) {
      file.write(room);
    }
  }
}
