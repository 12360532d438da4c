package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that may forget, when the power fails, any 4 KB sector that was written since the last
 * sync of its file, a file that was never synced, and that a file was deleted. Laid under a store
 * by its scheme.
 */
public final class ForgetfulDisk extends FilePathWrapper {
  static final String SCHEME = "forgetful:";
  private static final int SECTOR = 4096;

  /** Guarded by itself, for all files must be looked at in one moment. */
  private static final Map<Path, Surface> SURFACES = new HashMap<>();

  private static Runnable eachStep = () -> {};

  static void plugIn() {
    FilePath.register(new ForgetfulDisk());
  }

  /** What would be on the disk in this directory if the power failed now. */
  static Image cutPower(Path directory, Random random) {
    synchronized (SURFACES) {
      var left = new HashMap<String, byte[]>();
      SURFACES.forEach(
          (file, surface) -> {
            if (directory.equals(file.getParent()) && surface.isThere(random)) {
              left.put(file.getFileName().toString(), surface.cut(random));
            }
          });
      return new Image(left);
    }
  }

  /** From now on this is done before and after whatever is done to a file. */
  static void atEachStep(Runnable what) {
    synchronized (SURFACES) {
      eachStep = what;
    }
  }

  private static void step(Runnable change) {
    synchronized (SURFACES) {
      eachStep.run();
      change.run();
      eachStep.run();
    }
  }

  @Override
  public String getScheme() {
    return "forgetful";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel file = getBase().open(mode);
    Path path = Path.of(getBase().toString());
    synchronized (SURFACES) {
      return new Watched(file, SURFACES.computeIfAbsent(path, _ -> new Surface()));
    }
  }

  @Override
  public void delete() {
    super.delete();
    Path path = Path.of(getBase().toString());
    step(
        () -> {
          Surface surface = SURFACES.get(path);
          if (surface != null) {
            surface.deleted = true;
          }
        });
  }

  /** A write that a power cut may take, or the end of the file when there are no bytes. */
  private record Change(long at, byte[] bytes) {}

  private static final class Surface {
    private final List<Change> unsynced = new ArrayList<>();
    private byte[] synced = new byte[1 << 16];
    private int length;
    private boolean everSynced;
    private boolean deleted;

    boolean isThere(Random random) {
      return everSynced && !deleted || random.nextBoolean();
    }

    void sync() {
      for (Change change : unsynced) {
        apply(change, 0, change.bytes.length);
      }
      unsynced.clear();
      everSynced = true;
    }

    byte[] cut(Random random) {
      var left = new Surface();
      left.synced = synced.clone();
      left.length = length;
      for (Change change : unsynced) {
        for (int from = 0; from == 0 || from < change.bytes.length; from += SECTOR) {
          if (random.nextBoolean()) {
            left.apply(change, from, Math.min(from + SECTOR, change.bytes.length));
          }
        }
      }
      return Arrays.copyOf(left.synced, left.length);
    }

    private void apply(Change change, int from, int to) {
      if (change.bytes.length == 0) {
        length = Math.min(length, (int) change.at);
        Arrays.fill(synced, length, synced.length, (byte) 0);
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
      step(() -> surface.unsynced.add(new Change(position, bytes)));
      return super.write(from, position);
    }

    @Override
    public void force(boolean metaData) {
      step(surface::sync);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      step(() -> surface.unsynced.add(new Change(size, new byte[0])));
      return super.truncate(size);
    }
  }
}
