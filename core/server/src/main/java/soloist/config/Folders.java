package soloist.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What the file system has no call for. */
public final class Folders {
  private static final Logger LOG = System.getLogger(Folders.class.getName());

  private Folders() {}

  /** Deletes a folder, if it is there, with all that is in it. */
  public static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The same for one that is of no more use: what cannot be deleted stays, and is logged. */
  public static void discard(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      LOG.log(Level.WARNING, folder + " could not be deleted", e);
    }
  }
}
