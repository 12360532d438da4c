package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that may forget, when the power fails, any 4 KB sector that was written since the last
 * sync. Laid under a store by its scheme.
 */
public final class ForgetfulDisk extends FilePathWrapper {
  static final String SCHEME = "forgetful:";
  private static final int SECTOR = 4096;
  private static final Map<String, Surface> SURFACES = new ConcurrentHashMap<>();

  static void plugIn() {
    FilePath.register(new ForgetfulDisk());
  }

  /** What would be on the disk that holds this file if the power failed now. */
  static byte[] cutPower(String file, Random random) {
    return SURFACES.get(file).cut(random);
  }

  @Override
  public String getScheme() {
    return "forgetful";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    var surface = new Surface();
    SURFACES.put(getBase().toString(), surface);
    return new Watched(getBase().open(mode), surface);
  }

  /** A write that a power cut may take, or the end of the file when there are no bytes. */
  private record Change(long at, byte[] bytes) {}

  private static final class Surface {
    private final List<Change> unsynced = new ArrayList<>();
    private byte[] synced = new byte[1 << 20];
    private int length;

    synchronized void write(long at, byte[] bytes) {
      unsynced.add(new Change(at, bytes));
    }

    synchronized void sync() {
      for (Change change : unsynced) {
        apply(change, 0, change.bytes.length);
      }
      unsynced.clear();
    }

    synchronized byte[] cut(Random random) {
      var left = new Surface();
      left.synced = synced.clone();
      left.length = length;
      for (Change change : unsynced) {
        for (int from = 0; from < change.bytes.length; from += SECTOR) {
          if (random.nextBoolean()) {
            left.apply(change, from, Math.min(from + SECTOR, change.bytes.length));
          }
        }
      }
      return Arrays.copyOf(left.synced, left.length);
    }

    private void apply(Change change, int from, int to) {
      if (change.bytes.length == 0) {
        length = (int) change.at;
        return;
      }
      int end = (int) change.at + to;
      if (synced.length < end) {
        synced = Arrays.copyOf(synced, end * 2);
      }
      length = Math.max(length, end);
      System.arraycopy(change.bytes, from, synced, (int) change.at + from, to - from);
    }
  }

  private static final class Watched extends FileOver {
    private final Surface surface;

    Watched(FileChannel file, Surface surface) {
      super(file);
      this.surface = surface;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      surface.write(position, bytes);
      return super.write(from, position);
    }

    @Override
    public void force(boolean metaData) {
      surface.sync();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      surface.write(size, new byte[0]);
      return super.truncate(size);
    }
  }
}
