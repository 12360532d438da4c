package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.file.Path;

/** All that stands on one opened file. */
final class Engine implements CommandHandler, AutoCloseable {
  private final StoreFile file;
  private final Catalog catalog;
  private final GroupCommit commit;
  private final Cursors cursors;
  private final Commands commands;
  private final SchemaCommands schema;
  private final Upkeep upkeep;

  /** Opens the file for work that goes on to its end or fails. */
  static Engine open(Path directory, EmbeddedMongo.Settings settings) {
    return open(directory, settings, new Space(directory, settings), () -> {});
  }

  /**
   * Opens the file.
   *
   * @param onFailure called when the disk has refused a write, and this must be opened anew
   */
  static Engine open(
      Path directory, EmbeddedMongo.Settings settings, Space space, Runnable onFailure) {
    Restore.refuseUnfinished(directory);
    StoreFile file = StoreFile.open(directory, settings.scheme());
    try {
      return new Engine(file, new Catalog(file), settings, space, onFailure);
    } catch (RuntimeException e) {
      file.abandon();
      throw file.damaged(e);
    }
  }

  private Engine(
      StoreFile file,
      Catalog catalog,
      EmbeddedMongo.Settings settings,
      Space space,
      Runnable onFailure) {
    this.file = file;
    this.catalog = catalog;
    commit = new GroupCommit(file, settings, space, onFailure);
    cursors = new Cursors(file, settings.clock(), settings.idleCursor());
    schema = new SchemaCommands(catalog, commit, file);
    commands =
        new Commands(
            new ReadCommands(catalog, cursors),
            new WriteCommands(catalog, commit),
            schema,
            cursors,
            commit,
            settings.clock());
    upkeep = new Upkeep(catalog, commit, cursors, settings.clock(), settings.upkeep());
  }

  @Override
  public Document handle(String database, Document body) {
    return commands.handle(database, body);
  }

  /** True once the file is closed, which the disk may have brought about at any moment. */
  boolean isGone() {
    return file.store().isClosed();
  }

  StoreFile file() {
    return file;
  }

  Catalog catalog() {
    return catalog;
  }

  GroupCommit commit() {
    return commit;
  }

  SchemaCommands schema() {
    return schema;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  @Override
  public void close() {
    upkeep.close();
    commit.close();
    if (commit.hasFailed()) {
      file.abandon();
    } else {
      cursors.close();
      file.close();
    }
  }
}
