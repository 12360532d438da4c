package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who has a store open, for a sentence only: what keeps others out is {@link DirectoryLock}. */
final class Holder {
  private static final Logger LOG = System.getLogger(Holder.class.getName());
  private static final String FILE = "store.pid";

  private Holder() {}

  static void note(Path directory) {
    try {
      Files.writeString(
          directory.resolve(FILE), Long.toString(ProcessHandle.current().pid()), UTF_8);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a full disk takes no note, and the store can be read all the same", e);
    }
  }

  static void forget(Path directory) {
    Folder.delete(directory.resolve(FILE));
  }

  static StoreException inUse(Path directory) {
    long holder = holder(directory);
    String who =
        holder == ProcessHandle.current().pid()
            ? "This process has the store in " + directory + " open already."
            : "Another process"
                + (holder > 0 ? " (" + holder + ")" : "")
                + " has the store in "
                + directory
                + " open; stop it first.";
    return new StoreException(StoreException.Kind.IN_USE, who);
  }

  private static long holder(Path directory) {
    try {
      long noted = Long.parseLong(Files.readString(directory.resolve(FILE), UTF_8).strip());
      return ProcessHandle.of(noted).isPresent() ? noted : 0;
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}
