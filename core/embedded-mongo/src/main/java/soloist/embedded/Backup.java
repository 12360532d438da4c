package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStoreException;

/** Writes all that a running store holds at one moment into one file. */
public final class Backup {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private Backup() {}

  /**
   * What a backup holds.
   *
   * @param collections documents of each collection, named {@code database.collection}
   * @param files the names of the files beside the documents
   */
  public record Contents(
      Instant taken, long documents, Map<String, Long> collections, Set<String> files) {
    public Contents {
      collections = Map.copyOf(collections);
      files = Set.copyOf(files);
    }
  }

  /**
   * Writes a backup while the store goes on being used. It holds every command that was answered
   * before the call and none half. The file appears under its name when it is whole and synced, in
   * place of one that was there; only its owner may read it.
   *
   * @param files small files to keep beside the documents, by a plain name
   * @throws StoreException when the disk refuses or the store cannot be read
   * @throws CancellationException when the listener ends it; nothing is left then
   */
  public static Contents write(
      EmbeddedMongo store, Path file, Map<String, byte[]> files, Progress progress) {
    files.forEach(Backup::checkName);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Engine engine = store.engine();
    Instant taken = store.clock().instant();
    try (var snapshot = engine.commit().between(() -> new Snapshot(engine))) {
      try (FileChannel channel = create(part);
          var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        var writer = new BackupFile.Writer(out);
        write(writer, snapshot, taken, files, progress);
        out.flush();
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Folder.sync(folderOf(file));
      return snapshot.contents(taken, files.keySet());
    } catch (IOException | MVStoreException e) {
      throw new StoreException(
          StoreException.Kind.FAILED,
          "The backup " + file + " could not be written: " + e.getMessage(),
          e);
    } finally {
      Folder.delete(part);
    }
  }

  private static void write(
      BackupFile.Writer writer,
      Snapshot snapshot,
      Instant taken,
      Map<String, byte[]> files,
      Progress progress)
      throws IOException {
    long total = snapshot.documents();
    writer.head(taken, total);
    for (Map.Entry<String, byte[]> extra : files.entrySet()) {
      writer.file(extra.getKey(), extra.getValue());
    }
    for (Snapshot.Part part : snapshot.parts) {
      tell(progress, part.name(), writer.documents(), total);
      writer.collection(part.name(), part.count(), part.indexes());
      while (part.documents().next()) {
        if (writer.document(part.documents().value())) {
          tell(progress, part.name(), writer.documents(), total);
        }
      }
    }
    tell(progress, "", total, total);
    writer.end();
  }

  static void tell(Progress progress, String what, long done, long total) {
    if (!progress.at(what, done, total)) {
      throw new CancellationException("ended after " + done + " of " + total + " documents");
    }
  }

  /** Reads a backup from end to end without restoring it; a damaged one is refused. */
  public static Contents verify(Path file) {
    return BackupFile.read(file, new Nothing());
  }

  /** Takes nothing, for when only the checks matter. */
  private record Nothing() implements BackupFile.Taker {
    @Override
    public void file(String name, byte[] bytes) {}

    @Override
    public void collection(String name, List<Document> indexes) {}

    @Override
    public void documents(List<RawBson> documents) {}
  }

  private static void checkName(String name, byte[] bytes) {
    if (!NAME.matcher(name).matches() || name.startsWith("store.") || bytes.length > 1 << 24) {
      throw new IllegalArgumentException("no small file with a plain name: " + name);
    }
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static FileChannel create(Path part) throws IOException {
    Files.deleteIfExists(part);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return Files.getFileStore(folderOf(part)).supportsFileAttributeView("posix")
        ? FileChannel.open(
            part,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : FileChannel.open(part, options);
  }

  /** One moment of the store, made while no command is under way. */
  private static final class Snapshot implements AutoCloseable {
    private final Pin pin;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String name, long count, List<Document> indexes, View.Cursor documents) {}

    Snapshot(Engine engine) {
      pin = engine.file().pin();
      for (StoredCollection collection : engine.catalog().all()) {
        View documents = collection.documents().view();
        parts.add(
            new Part(
                collection.getFullName(),
                documents.size(),
                collection.indexes().stream()
                    .map(StoredIndex::spec)
                    .filter(IndexSpec::ready)
                    .map(IndexSpec::described)
                    .toList(),
                documents.cursor(null, false)));
      }
    }

    long documents() {
      return parts.stream().mapToLong(Part::count).sum();
    }

    Contents contents(Instant taken, Set<String> files) {
      var counts = new HashMap<String, Long>();
      parts.forEach(part -> counts.put(part.name(), part.count()));
      return new Contents(taken, documents(), counts, files);
    }

    @Override
    public void close() {
      pin.close();
    }
  }
}
