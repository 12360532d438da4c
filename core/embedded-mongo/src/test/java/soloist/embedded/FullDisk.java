package soloist.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk that can be filled up: then it takes half of what is appended, and no more. It can break
 * down too, and then takes everything but keeps nothing.
 */
public final class FullDisk extends FilePathWrapper {
  static final String SCHEME = "full:";
  private static volatile boolean full;
  private static volatile boolean broken;

  static void plugIn() {
    full = false;
    broken = false;
    FilePath.register(new FullDisk());
  }

  static void fill(boolean filled) {
    full = filled;
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
    return new Limited(getBase().open(mode));
  }

  private static final class Limited extends FileBase {
    private final FileChannel file;

    Limited(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      long more = position + from.remaining() - file.size();
      if (full && more > 0) {
        file.write(from.slice(from.position(), from.remaining() / 2), position);
        throw new IOException("No space left on device");
      }
      return file.write(from, position);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      int written = write(from, file.position());
      file.position(file.position() + written);
      return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (broken) {
        throw new IOException("Input/output error");
      }
      file.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      return file.read(into);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }
  }
}
