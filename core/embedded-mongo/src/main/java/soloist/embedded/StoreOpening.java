package soloist.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Opens a store: the maps as the last checkpoint left them, looked over, then the log on top of
 * them, then what an older format needs. What is not as it should be is refused.
 */
final class StoreOpening {
  private static final Logger LOG = System.getLogger(StoreOpening.class.getName());

  private StoreOpening() {}

  static StoreFile open(Path directory, String scheme, List<Consumer<StoreFile>> steps) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The directory " + directory + " cannot be made.", e);
    }
    DirectoryLock lock = DirectoryLock.on(directory);
    try {
      boolean existed = Files.exists(directory.resolve(StoreFile.FILE));
      StoreFile file =
          opened(
              directory,
              scheme,
              false,
              opening -> {
                checkFormat(opening, directory, existed, 1 + steps.size());
                SyncedNote promise = SyncedNote.read(directory);
                new OpeningCheck(opening, directory).run(promise);
                // A checkpoint that a kill found written may not be on disk, and it must be before
                // the log that it replaces is deleted.
                opening.store().sync();
                SyncedNote found = opening.chunks().found();
                WriteLog log =
                    new LogReplay(opening, directory, scheme).run(opening.neededFrom(), promise);
                opening.begin(log, SyncedNote.open(directory), found);
                opening.noteLog();
                upgrade(opening, directory, steps);
              });
      file.keep(lock);
      Holder.note(directory);
      return file;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  static StoreFile toRead(Path directory) {
    if (!Files.exists(directory.resolve(StoreFile.FILE))) {
      throw new StoreException(
          StoreException.Kind.FAILED, "There is no store in " + directory + ".");
    }
    return opened(
        directory,
        "",
        true,
        opening -> {
          checkFormat(opening, directory, true, StoreFile.FORMAT);
          SyncedNote promise = SyncedNote.read(directory);
          new OpeningCheck(opening, directory).look(promise);
          new LogReplay(opening, directory, "").look(opening.neededFrom(), promise);
          opening.mergeInMemory();
        });
  }

  private interface Opening {
    void check(StoreFile file) throws IOException;
  }

  private static StoreFile opened(
      Path directory, String scheme, boolean readOnly, Opening opening) {
    StoreFile file = null;
    boolean done = false;
    try {
      file = new StoreFile(directory, scheme, readOnly);
      if (!readOnly && file.chunks().isReadOnly()) {
        throw new StoreException(
            StoreException.Kind.FAILED, "The store in " + directory + " may not be written to.");
      }
      opening.check(file);
      done = true;
      return file;
    } catch (MVStoreException e) {
      throw StoreFaults.of(directory, e);
    } catch (IOException e) {
      throw StoreFaults.refused(directory, e);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      // Whatever the library stumbles over, or runs in circles for, is what the file holds.
      throw StoreFaults.damaged(directory, e);
    } finally {
      if (file != null && !done) {
        file.letGo();
      }
    }
  }

  private static void checkFormat(StoreFile file, Path directory, boolean existed, int newest) {
    MVStore store = file.store();
    int format = store.getStoreVersion();
    if (format > newest) {
      throw StoreFaults.newer(directory, "format " + format);
    }
    if (format == 0 && existed && store.getCurrentVersion() > 0) {
      throw file.damaged(new IllegalStateException("its format is not recorded"));
    }
    if (format == 0) {
      store.setStoreVersion(newest);
      store.commit();
      store.sync();
      // The file's own name must survive a power cut too.
      Folder.sync(directory);
    }
  }

  private static void upgrade(StoreFile file, Path directory, List<Consumer<StoreFile>> steps)
      throws IOException {
    MVStore store = file.store();
    for (int format = store.getStoreVersion(); format <= steps.size(); format++) {
      steps.get(format - 1).accept(file);
      store.setStoreVersion(format + 1);
      file.checkpoint();
      LOG.log(Level.INFO, "The store in {0} now has format {1}.", directory, format + 1);
    }
  }
}
