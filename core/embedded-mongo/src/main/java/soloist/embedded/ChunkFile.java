package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.WriteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * MVStore's file, which also seals each page before it is written and remembers what a {@link
 * SyncedNote} says of the newest chunk.
 */
final class ChunkFile extends SingleFileStore {
  private static final Logger LOG = System.getLogger(ChunkFile.class.getName());

  /** MVStore lays chunks out in blocks of this size. */
  static final int BLOCK_BYTES = 4096;

  /** The map in which MVStore keeps where everything lies. */
  private static final int LAYOUT = 0;

  /** What a chunk holds beside changed pages: where everything lies. */
  private static final int LAYOUT_BYTES = 1 << 20;

  /** So many percent of what changed pages take in memory are written; 39 to 57 were seen. */
  private static final int WRITTEN_OF_HELD = 60;

  /** The file, to which the library gives no other way. */
  private static final MethodHandle CHANNEL = channel();

  private static final AtomicLong SERIAL = new AtomicLong();

  /**
   * So many nodes are kept, of some 7 KB, which is a ninth of the heap at most. Leaves are not: to
   * read one anew is cheaper than to manage a cache.
   */
  private static final int NODES =
      (int)
          Long.highestOneBit(
              Math.clamp(Runtime.getRuntime().maxMemory() >> 16, 1L << 10, 1L << 16));

  /** Positions differ in few bits. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final AtomicReferenceArray<@Nullable Page<byte[], ?>> nodes =
      new AtomicReferenceArray<>(NODES);
  private final long serial = SERIAL.incrementAndGet();
  private long rewritten;
  private volatile SyncedNote newest = SyncedNote.NONE;
  private volatile @Nullable Collection<SFChunk> candidates;

  ChunkFile(int pageBytes) {
    super(Map.of("cacheSize", 0, "pageSplitSize", pageBytes));
  }

  private static MethodHandle channel() {
    try {
      return MethodHandles.privateLookupIn(SingleFileStore.class, MethodHandles.lookup())
          .findGetter(SingleFileStore.class, "fileChannel", FileChannel.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The newest chunk as it was written. */
  SyncedNote newest() {
    return newest;
  }

  @Override
  protected void writeFully(@Nullable SFChunk chunk, long at, ByteBuffer bytes) {
    // Without a chunk it is the header of the file, whose two copies guard themselves.
    if (chunk != null) {
      seal(chunk, bytes);
      newest = described(chunk, at, bytes.duplicate());
    }
    super.writeFully(chunk, at, bytes);
  }

  private SyncedNote described(SFChunk chunk, long at, ByteBuffer bytes) {
    int length = bytes.remaining();
    return new SyncedNote(chunk.version, at, length, SyncedNote.checksum(bytes), roots(), 0);
  }

  /** The newest chunk as it is found when the store is opened. */
  SyncedNote found() {
    SFChunk chunk = lastChunk;
    if (chunk == null) {
      return SyncedNote.NONE;
    }
    long at = chunk.block * BLOCK_BYTES;
    return described(chunk, at, read(at, chunk.len * BLOCK_BYTES));
  }

  /** The chunk says at its end where in it the pages lie, and of which map each is. */
  private void seal(SFChunk chunk, ByteBuffer bytes) {
    Map<String, String> head = DataUtils.parseMap(chunk.getHeader());
    int contents = (int) DataUtils.readHexLong(head, "toc", 0);
    int pages = (int) DataUtils.readHexLong(head, "pages", 0);
    int meta = getMvStore().getMetaMap().getId();
    for (int i = 0; i < pages; i++) {
      long page = bytes.getLong(contents + i * Long.BYTES);
      int map = DataUtils.getPageMapId(page);
      if (map != LAYOUT && map != meta) {
        SealedBytes.seal(bytes, DataUtils.getPageOffset(page));
      }
    }
  }

  /** A checksum over which maps there are in the newest version and where they begin. */
  int roots() {
    var crc = new CRC32C();
    MVStore store = getMvStore();
    for (String name : new TreeSet<>(store.getMapNames())) {
      int id = DataUtils.parseHexInt(store.getMetaMap().get(DataUtils.META_NAME + name));
      long root = getRootPos(id);
      // One that was opened since has none.
      if (root != 0) {
        crc.update(name.getBytes(UTF_8));
        crc.update(ByteBuffer.allocate(12).putInt(id).putLong(root).flip());
      }
    }
    return (int) crc.getValue();
  }

  /** As long as what is to be written: one that grows is copied, and both copies take memory. */
  @Override
  public WriteBuffer getWriteBuffer() {
    long changed = (long) getMvStore().getUnsavedMemory() * WRITTEN_OF_HELD / 100;
    long bytes = changed + rewritten + LAYOUT_BYTES;
    rewritten = 0;
    return new WriteBuffer((int) Math.min(bytes, Integer.MAX_VALUE));
  }

  /** None is kept: between two chunks its memory is of use elsewhere. */
  @Override
  public void releaseWriteBuffer(WriteBuffer written) {}

  /** Runs a compaction that writes so much anew, at most. */
  boolean rewritten(int bytes, BooleanSupplier compaction) {
    boolean more = compaction.getAsBoolean();
    rewritten = more ? bytes : 0;
    return more;
  }

  /**
   * Runs a compaction that sees but the last chunks of the file.
   *
   * @param bytes how much of them is alive, at most
   */
  boolean fromTheEnd(int bytes, BooleanSupplier compaction) {
    List<SFChunk> last = new ArrayList<>();
    long alive = 0;
    for (SFChunk chunk :
        getChunks().values().stream().sorted(comparingLong(it -> -it.block)).toList()) {
      alive += chunk.maxLenLive;
      if (alive > bytes && !last.isEmpty()) {
        break;
      }
      last.add(chunk);
    }
    candidates = last;
    try {
      return compaction.getAsBoolean();
    } finally {
      candidates = null;
    }
  }

  @Override
  public @Nullable Collection<SFChunk> getRewriteCandidates() {
    Collection<SFChunk> chosen = candidates;
    return chosen == null ? super.getRewriteCandidates() : chosen;
  }

  /**
   * A leaf as it lies in the file, which this thread has until it asks for another. To make a page
   * of it, to keep that and to find it again all take longer.
   *
   * @param at where MVStore says that it lies
   * @return null if it is no leaf, or is to be read in the usual way
   */
  @Nullable RawLeaf leaf(long at, int map) {
    if (!DataUtils.isPageSaved(at) || !DataUtils.isLeafPosition(at)) {
      return null;
    }
    RawLeaf leaf = RawLeaf.of(map);
    if (leaf.holds(serial, at)) {
      return leaf;
    }
    SFChunk chunk = getChunks().get(DataUtils.getPageChunkId(at));
    int most = DataUtils.getPageMaxLength(at);
    if (chunk == null || chunk.buffer != null || most > RawLeaf.MOST_BYTES) {
      return null;
    }
    long from = offset(chunk, at);
    long length = Math.min(most, (chunk.block + chunk.len) * BLOCK_BYTES - from);
    if (length < RawLeaf.LEAST_BYTES) {
      // The chunk is just being made.
      return null;
    }
    try {
      DataUtils.readFully(
          (FileChannel) CHANNEL.invokeExact((SingleFileStore) this),
          from,
          leaf.buffer((int) length));
    } catch (MVStoreException _) {
      // The usual way tells what is wrong, if anything is.
      return null;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    return leaf.isWhole(serial, at, map) ? leaf : null;
  }

  /** The page below a node. */
  @SuppressWarnings("unchecked")
  static <V> Page<byte[], V> below(Page<byte[], V> node, int child) {
    long at = node.getChildPagePos(child);
    if (!DataUtils.isPageSaved(at)
        || DataUtils.isLeafPosition(at)
        || !(node.map.getStore().getFileStore() instanceof ChunkFile file)) {
      return node.getChildPage(child);
    }
    Page<byte[], ?> kept = file.kept(at);
    return kept == null ? file.keep(node.getChildPage(child)) : (Page<byte[], V>) kept;
  }

  private @Nullable Page<byte[], ?> kept(long at) {
    int slot = slot(at);
    Page<byte[], ?> first = nodes.get(slot);
    if (first != null && first.getPos() == at) {
      return first;
    }
    Page<byte[], ?> second = nodes.get(slot + 1);
    return second != null && second.getPos() == at ? second : null;
  }

  private <V> Page<byte[], V> keep(Page<byte[], V> node) {
    int slot = slot(node.getPos());
    nodes.set(slot + 1, nodes.get(slot));
    nodes.set(slot, node);
    return node;
  }

  /** Where the newer of two nodes is kept for which it is the same. */
  private static int slot(long at) {
    return 2 * (int) (at * SPREAD >>> Long.numberOfLeadingZeros(NODES / 2 - 1));
  }

  private static long offset(SFChunk chunk, long at) {
    return chunk.block * BLOCK_BYTES + DataUtils.getPageOffset(at);
  }

  /** Where in the file a page begins. */
  long offset(long at) {
    return offset(Objects.requireNonNull(getChunks().get(DataUtils.getPageChunkId(at))), at);
  }

  ByteBuffer read(long at, int length) {
    return readFully((SFChunk) null, at, length);
  }

  /** Closes the file after it could not be opened whole. */
  void letGo() {
    try {
      close();
    } catch (RuntimeException e) {
      // It had not got far enough to be closed whole; the file itself is.
      LOG.log(Level.DEBUG, "A store that could not be opened was let go", e);
    }
  }
}
