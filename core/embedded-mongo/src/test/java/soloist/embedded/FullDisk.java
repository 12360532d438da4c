package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that can be filled up: then it takes half of what is appended, and no more. It can break
 * down too, and then takes everything but keeps nothing.
 */
public final class FullDisk extends FilePathWrapper {
  static final String SCHEME = "full:";
  private static volatile boolean full;
  private static volatile String concerned = "";
  private static volatile boolean broken;
  private static volatile String starved = "";

  static void plugIn() {
    starved = "";
    full = false;
    concerned = "";
    broken = false;
    FilePath.register(new FullDisk());
  }

  static void fill(boolean filled) {
    full = filled;
  }

  /** Has room for all files but those whose names end so. */
  static void fillFor(String name) {
    concerned = name;
    full = true;
  }

  /** The next time the file whose name ends so is written there is no memory for it. */
  static void starveOnce(String name) {
    starved = name;
  }

  /** From now on it does not sync. */
  static void breakDown() {
    broken = true;
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Limited(getBase().open(mode), getBase().toString());
  }

  private static final class Limited extends FileOver {
    private final String name;

    Limited(FileChannel file, String name) {
      super(file);
      this.name = name;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      if (!starved.isEmpty() && name.endsWith(starved)) {
        starved = "";
        throw new OutOfMemoryError("Capacity: 15710976");
      }
      long more = position + from.remaining() - file.size();
      if (full && more > 0 && name.endsWith(concerned)) {
        file.write(from.slice(from.position(), from.remaining() / 2), position);
        throw new IOException("No space left on device");
      }
      return super.write(from, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (broken) {
        throw new IOException("Input/output error");
      }
      super.force(metaData);
    }
  }
}
