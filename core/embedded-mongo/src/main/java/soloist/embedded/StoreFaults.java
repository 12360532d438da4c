package soloist.embedded;

import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** What may be wrong with a store that is to be opened, in sentences for its owner. */
final class StoreFaults {
  private StoreFaults() {}

  static StoreException of(Path directory, MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> Holder.inUse(directory);
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> newer(directory, "a newer format");
      case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED -> refused(directory, e);
      default -> damaged(directory, e);
    };
  }

  static StoreException refused(Path directory, Exception e) {
    return new StoreException(
        StoreException.Kind.FAILED,
        "The disk refused the store in " + directory + ": " + e.getMessage(),
        e);
  }

  static StoreException newer(Path directory, String format) {
    return new StoreException(
        StoreException.Kind.NEWER,
        "The store in "
            + directory
            + " has "
            + format
            + ", but this version knows formats up to "
            + StoreFile.FORMAT
            + " only; update before opening it.");
  }

  static StoreException damaged(Path directory, Throwable cause) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "The store in "
            + directory
            + " is damaged and was left as it is; put a backup in its place. ("
            + (cause.getMessage() == null ? cause.toString() : cause.getMessage())
            + ")",
        cause);
  }

  /** Something that was acknowledged is gone. */
  static StoreException lost(Path directory, String what, long written, long readable) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "The store in "
            + directory
            + " is damaged and was left as it is: it was written up to "
            + what
            + " "
            + written
            + " but can be read up to "
            + what
            + " "
            + readable
            + " only. Put a backup in its place. To go on with what can be read, and lose the"
            + " rest, delete "
            + SyncedNote.FILE
            + " there.");
  }
}
