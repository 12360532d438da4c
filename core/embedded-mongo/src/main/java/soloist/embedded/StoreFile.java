package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The maps, and the log of what was changed in them since they were last written. A change is made
 * in memory and logged; a checkpoint writes the maps and says from where on the log is still
 * needed. {@link StoreOpening} brings both together, and checks them first.
 */
final class StoreFile implements AutoCloseable {
  /**
   * The steps from each format to the next, the first from format 1 to 2: added to when what older
   * versions wrote can no longer be read as it is. Each is one checkpoint.
   */
  static final List<Consumer<StoreFile>> STEPS =
      List.of(
          // Nothing to convert: a version that knows of no log must not open what has one.
          _ -> {});

  static final int FORMAT = 1 + STEPS.size();

  static final String FILE = "store.mv";

  private static final Logger LOG = System.getLogger(StoreFile.class.getName());

  /**
   * Small pages: reading one document reads its whole page, and changing one writes it anew at the
   * next checkpoint.
   */
  private static final int PAGE_BYTES = 4096;

  private static final int FILL_RATE = 60;

  /** Below so many percent of it the file has more holes than it needs for what comes. */
  private static final int SPARSE = 50;

  /** More than any chunk is filled. */
  private static final int ALL = 101;

  /** The map in which is noted from where on the log is needed. */
  private static final String LOG_MAP = "log";

  private static final byte[] NEEDED_FROM = {};

  private final Path directory;
  private final ChunkFile chunks;
  private final MVStore store;
  private final MVStore memory = new MVStore.Builder().autoCommitDisabled().open();
  private final BulkMap<Version> pages =
      memory.openMap("layers", new BulkMap.Builder<>(Version.TYPE));
  private final Map<String, LayeredMap> maps = new ConcurrentSkipListMap<>();
  private final List<LayeredMap> dropped = new ArrayList<>();
  private final AtomicLong held = new AtomicLong();
  private final Changes changes = new Changes();
  private @Nullable WriteLog log;
  private @Nullable DirectoryLock lock;
  private @Nullable FileChannel note;
  private @Nullable Pin merging;
  private @Nullable Checkpoint begun;
  private SyncedNote noted = SyncedNote.NONE;

  StoreFile(Path directory, String scheme, boolean readOnly) {
    this.directory = directory;
    chunks = new ChunkFile(PAGE_BYTES);
    chunks.open(scheme + directory.resolve(FILE).toAbsolutePath(), readOnly, null);
    boolean opened = false;
    try {
      store =
          new MVStore.Builder()
              .adoptFileStore(chunks)
              // Without the second the library commits by itself once enough has gathered, also in
              // the middle of a command.
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      opened = true;
    } finally {
      if (!opened) {
        chunks.letGo();
      }
    }
  }

  /**
   * Opens or creates the store.
   *
   * @param scheme what is put before the path, which lets a test lay a file system under it
   */
  static StoreFile open(Path directory, String scheme) {
    return StoreOpening.open(directory, scheme, STEPS);
  }

  /** Opens the store to look at it as it is: nothing is mended, upgraded or written. */
  static StoreFile openToRead(Path directory) {
    return StoreOpening.toRead(directory);
  }

  StoreException damaged(Throwable cause) {
    return StoreFaults.damaged(directory, cause);
  }

  /** Takes on what an opened store is written with. */
  void begin(WriteLog log, FileChannel note, SyncedNote promise) {
    this.log = log;
    this.note = note;
    this.noted = promise;
  }

  void keep(DirectoryLock held) {
    lock = held;
  }

  MVStore store() {
    return store;
  }

  /** What has changed and is not in the trees yet takes so much memory, in bytes. */
  long unsaved() {
    return held.get();
  }

  /** What changed pages of the trees take in memory that are not written yet, in bytes. */
  int unwritten() {
    return store.getUnsavedMemory();
  }

  ChunkFile chunks() {
    return chunks;
  }

  /** Where what is changed in the maps is told, or a crash would lose it. */
  Changes changes() {
    return changes;
  }

  /** The log of a store that was opened to be written to. */
  WriteLog log() {
    return Objects.requireNonNull(log);
  }

  LayeredMap map(String name) {
    return maps.computeIfAbsent(name, _ -> new LayeredMap(name, tree(name), pages, held));
  }

  private BulkMap<byte[]> tree(String name) {
    return store.openMap(name, new BulkMap.Builder<>(SealedBytes.VALUES));
  }

  /** Opens every map there is. */
  void openMaps() {
    store.getMapNames().forEach(this::map);
  }

  Iterable<LayeredMap> maps() {
    return maps.values();
  }

  /** A map is no more; its tree goes with the next checkpoint. */
  void drop(LayeredMap map) {
    map.drop();
    maps.remove(map.name());
    synchronized (dropped) {
      dropped.add(map);
    }
  }

  /** Those that were dropped since this was asked before. */
  List<LayeredMap> takeDropped() {
    synchronized (dropped) {
      var taken = new ArrayList<>(dropped);
      dropped.clear();
      return taken;
    }
  }

  /** Makes a change that the log tells of. */
  void apply(Change change) {
    LayeredMap map = map(change.map());
    switch (change) {
      case Change.Entry entry -> map.replay(entry);
      case Change.Drop _ -> drop(map);
    }
  }

  /** Keeps what can be read now readable until it is closed. */
  synchronized Pin pin() {
    return merging == null ? new Pin(store) : merging.shared();
  }

  /**
   * Puts what has changed in all maps aside, to be merged. Until {@link #thaw} they are read from
   * the trees as they are now, which are kept for that.
   */
  synchronized List<LayeredMap> freeze() {
    if (merging == null) {
      merging = new Pin(store);
    }
    return maps.values().stream().filter(LayeredMap::freeze).toList();
  }

  /** To be called when all is merged. */
  synchronized void thaw() {
    if (merging != null) {
      merging.close();
      merging = null;
    }
  }

  /** Merges all that has changed into the trees, in memory only. */
  void mergeInMemory() throws IOException {
    for (LayeredMap map : freeze()) {
      map.merge(Integer.MAX_VALUE, () -> {});
    }
    thaw();
  }

  /** From where on the log is needed. */
  WriteLog.Position neededFrom() {
    byte[] noted = store.hasMap(LOG_MAP) ? tree(LOG_MAP).get(NEEDED_FROM) : null;
    if (noted == null) {
      return WriteLog.START;
    }
    ByteBuffer position = ByteBuffer.wrap(noted);
    return new WriteLog.Position(position.getLong(), position.getLong());
  }

  /** Says in the maps that the log is needed from here on only, with the next write. */
  void needFrom(WriteLog.Position from) {
    byte[] position =
        ByteBuffer.allocate(2 * Long.BYTES).putLong(from.segment()).putLong(from.after()).array();
    tree(LOG_MAP).put(NEEDED_FROM, position);
  }

  /**
   * Writes the trees as they are and returns when they are on disk.
   *
   * @param room is asked for so many bytes first, and refuses by an error
   */
  void write(LongConsumer room) throws IOException {
    room.accept(unwritten());
    store.commit();
    store.sync();
    note(chunks.newest());
  }

  /**
   * Begins a checkpoint. To be called while nobody changes anything, all changes are in the log and
   * synced, and the one before is finished.
   */
  void beginCheckpoint() throws IOException {
    if (begun != null) {
      throw new IllegalStateException("a checkpoint is not finished");
    }
    begun = new Checkpoint(this);
  }

  /** Finishes what was begun, if anything was; see {@link Checkpoint#finish}. */
  void finishCheckpoint(int mostBytes, LongConsumer room) throws IOException {
    if (begun != null) {
      begun.finish(mostBytes, room);
      begun = null;
    }
  }

  /** A checkpoint with nobody else at work, who leaves nothing that one before had no room for. */
  void checkpoint() throws IOException {
    finishCheckpoint(Checkpoint.MOST_BYTES, _ -> {});
    beginCheckpoint();
    finishCheckpoint(Checkpoint.MOST_BYTES, _ -> {});
  }

  /** Notes what is in the log and on disk, before anyone hears of it. */
  void noteLog() throws IOException {
    note(noted);
  }

  private synchronized void note(SyncedNote maps) throws IOException {
    noted = maps.with(log().synced());
    if (note != null) {
      noted.write(note);
    }
  }

  long sizeOnDisk() {
    return store.getFileStore().size() + (log == null ? 0 : log.bytes());
  }

  /**
   * One bounded step towards denser maps, to be written next; true when there may be more to do.
   *
   * @param bytes how much may be written anew; a chunk in which more is alive stays as it is
   */
  boolean compact(int bytes) {
    return chunks.rewritten(bytes, () -> store.compact(FILL_RATE, bytes));
  }

  /** Whether the file is much larger than what is in it. */
  boolean isSparse() {
    return chunks.getChunksFillRate() < FILL_RATE || chunks.getFillRate() < SPARSE;
  }

  /**
   * The same for when nobody writes: where chunks are dense but lie far apart, those at the end of
   * the file are written anew, which puts them into the holes, so that it can become shorter.
   */
  boolean tidy(int bytes) {
    if (chunks.getChunksFillRate() < FILL_RATE) {
      return compact(bytes);
    }
    return chunks.fromTheEnd(bytes, () -> chunks.rewritten(bytes, () -> store.compact(ALL, bytes)));
  }

  /** Closes in order, with everything on disk and nothing in the log. */
  @Override
  public void close() {
    if (store.isClosed()) {
      return;
    }
    try {
      checkpoint();
      store.close();
      if (note != null) {
        // From here on what it promises is exact after a power cut too.
        note.force(true);
      }
    } catch (IOException | MVStoreException e) {
      LOG.log(Level.WARNING, "The store was closed without a checkpoint; its log has all", e);
      store.closeImmediately();
    }
    letGo();
  }

  /** Lets go of the file as it is, after a write failed. */
  void abandon() {
    store.closeImmediately();
    letGo();
  }

  void letGo() {
    chunks.letGo();
    try (var _ = log;
        var _ = note;
        var _ = lock) {
      if (lock != null) {
        Holder.forget(directory);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The log or the note did not close", e);
    }
  }

  static boolean awaitTermination(java.util.concurrent.ExecutorService executor) {
    try {
      return executor.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
