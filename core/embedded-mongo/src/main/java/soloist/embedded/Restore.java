package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a store out of a backup. The new store carries a mark, so that a server can hold back what
 * has come due since, until somebody releases it.
 */
public final class Restore {
  private static final String WORK = "restoring";
  private static final String MARK = "store.restored";

  private Restore() {}

  /**
   * That a store came from a backup.
   *
   * @param restored when
   * @param taken when the backup was taken: what happened after it is not known here
   */
  public record Mark(Instant restored, Instant taken) {}

  /**
   * Restores a backup into an empty folder, which is made if it is not there. The whole file is
   * read and checked first. The store appears when all of it is on disk, with the backup's other
   * files beside it; an end before that leaves the folder empty, a crash leaves it so that it is
   * refused as a store.
   *
   * @throws StoreException when the folder is not empty, the backup is damaged, or the disk refuses
   * @throws java.util.concurrent.CancellationException when the listener ends it
   */
  public static Backup.Contents into(Path folder, Path file, Progress progress) {
    return into(folder, file, progress, Clock.systemUTC());
  }

  static Backup.Contents into(Path folder, Path file, Progress progress, Clock clock) {
    refuseUnlessEmpty(folder);
    Backup.Contents promised = Backup.verify(file);
    Path work = folder.resolve(WORK);
    try {
      Files.createDirectory(work);
      fill(work, file, promised, progress);
      var mark = clock.instant() + "\n" + promised.taken() + "\n";
      Folder.write(work.resolve(MARK), mark.getBytes(UTF_8));
      show(work, folder);
      return promised;
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The disk refused the store in " + folder + ": " + e.getMessage(),
          e);
    } finally {
      Folder.delete(work);
    }
  }

  /** The mark of a store that was restored and not released since. */
  public static Optional<Mark> mark(Path folder) {
    Path mark = folder.resolve(MARK);
    if (!Files.exists(mark)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(mark, UTF_8);
      return Optional.of(new Mark(Instant.parse(lines.get(0)), Instant.parse(lines.get(1))));
    } catch (IOException | DateTimeParseException | IndexOutOfBoundsException e) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "The file " + mark + " says that the store was restored, but not from when.",
          e);
    }
  }

  /** Takes the mark away. */
  public static void release(Path folder) {
    Folder.delete(folder.resolve(MARK));
    Folder.sync(folder);
  }

  static void refuseUnfinished(Path folder) {
    if (Files.exists(folder.resolve(WORK))) {
      throw new StoreException(
          StoreException.Kind.UNFINISHED,
          "A backup was being restored into "
              + folder
              + " and did not get to its end; empty the folder and restore it again.");
    }
  }

  private static void refuseUnlessEmpty(Path folder) {
    try {
      Files.createDirectories(folder);
      refuseUnfinished(folder);
      if (!Folder.list(folder).isEmpty()) {
        throw new StoreException(
            StoreException.Kind.NOT_EMPTY,
            "A backup is restored into an empty folder only, and " + folder + " is not empty.");
      }
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.FAILED, "The folder " + folder + " cannot be used.", e);
    }
  }

  private static void fill(Path work, Path file, Backup.Contents promised, Progress progress) {
    var settings = EmbeddedMongo.Settings.USUAL.every(Duration.ofDays(1));
    try (Engine engine = Engine.open(work, settings)) {
      BackupFile.read(file, new Into(engine, work, promised.documents(), progress));
      for (StoredCollection collection : engine.catalog().all()) {
        long found = collection.documents().size();
        Long wanted = promised.collections().get(collection.getFullName());
        if (wanted == null || wanted != found) {
          throw new StoreException(
              StoreException.Kind.FAILED,
              collection.getFullName() + " has " + found + " documents instead of " + wanted);
        }
      }
    }
  }

  /** Puts what it takes into a store. */
  private static final class Into implements BackupFile.Taker {
    private final Engine engine;
    private final Path folder;
    private final long total;
    private final Progress progress;
    private @Nullable StoredCollection current;
    private long done;

    Into(Engine engine, Path folder, long total, Progress progress) {
      this.engine = engine;
      this.folder = folder;
      this.total = total;
      this.progress = progress;
    }

    @Override
    public void file(String name, byte[] bytes) throws IOException {
      Folder.write(folder.resolve(name), bytes);
    }

    @Override
    public void collection(String fullName, List<Document> indexes) {
      int dot = fullName.indexOf('.');
      String database = fullName.substring(0, dot);
      String name = fullName.substring(dot + 1);
      engine.schema().create(database, new Document("create", name));
      engine
          .schema()
          .createIndexes(database, new Document("createIndexes", name).append("indexes", indexes));
      current = engine.catalog().find(database, name);
    }

    @Override
    public void documents(List<RawBson> documents) {
      StoredCollection collection = java.util.Objects.requireNonNull(current);
      engine
          .commit()
          .write(
              () ->
                  collection.alone(
                      () -> {
                        documents.forEach(collection::insert);
                        return true;
                      }));
      done += documents.size();
      Backup.tell(progress, collection.getFullName(), done, total);
    }
  }

  /** Moves everything to where it belongs; with the store itself it is done. */
  private static void show(Path work, Path folder) throws IOException {
    Path store = work.resolve(StoreFile.FILE);
    for (Path made : Folder.list(work)) {
      if (!made.equals(store)) {
        move(made, folder);
      }
    }
    Folder.sync(folder);
    move(store, folder);
    Folder.sync(folder);
  }

  private static void move(Path file, Path folder) throws IOException {
    Files.move(file, folder.resolve(file.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
  }
}
