package soloist.bench.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import soloist.embedded.EmbeddedMongo;
import soloist.store.Store;

/**
 * The store of one run as somebody beside the servers sees it: in a process that is never killed,
 * or in each server and killed with it.
 */
final class RunStore implements AutoCloseable {
  private final Optional<String> outside;
  private final Path folder;
  private @Nullable Store store;

  private RunStore(Optional<String> outside, Path folder) {
    this.outside = outside;
    this.folder = folder;
    outside.ifPresent(this::servedAt);
  }

  static RunStore outside(String uri) {
    return new RunStore(Optional.of(uri), Path.of(""));
  }

  /** In the servers of this home. */
  static RunStore inside(Path home) {
    return new RunStore(Optional.empty(), home.resolve("store"));
  }

  boolean isInside() {
    return outside.isEmpty();
  }

  /** What a {@link SteeredServer} is told. */
  String argument() {
    return outside.map(uri -> "mongodb=" + uri).orElse("store=" + folder);
  }

  void servedAt(String uri) {
    close();
    store = new Store(uri);
  }

  /** While a server runs. */
  Store now() {
    if (store == null) {
      throw new IllegalStateException("no server has told where its store is");
    }
    return store;
  }

  /**
   * What a server left that runs no more. It is read from a copy, so that the next one finds it as
   * it was.
   */
  void left(Consumer<Store> reader) throws IOException {
    if (!isInside()) {
      reader.accept(now());
      return;
    }
    Path copy = Files.createTempDirectory(folder.getParent(), "left");
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, copy.resolve(file.getFileName()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    try (EmbeddedMongo server = EmbeddedMongo.open(copy);
        Store opened = new Store(server.uri())) {
      reader.accept(opened);
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
