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

  static Engine open(Path directory, EmbeddedMongo.Settings settings) {
    Restore.refuseUnfinished(directory);
    StoreFile file = StoreFile.open(directory, settings.scheme());
    try {
      return new Engine(file, new Catalog(file), settings);
    } catch (RuntimeException e) {
      file.abandon();
      throw file.damaged(e);
    }
  }

  private Engine(StoreFile file, Catalog catalog, EmbeddedMongo.Settings settings) {
    this.file = file;
    this.catalog = catalog;
    commit = new GroupCommit(file.store(), settings.sync());
    cursors = new Cursors(file.store(), settings.clock(), settings.idleCursor());
    schema = new SchemaCommands(catalog, commit, file);
    commands =
        new Commands(
            new ReadCommands(catalog, cursors),
            new WriteCommands(catalog, commit),
            schema,
            cursors,
            commit,
            settings.clock());
    upkeep = new Upkeep(catalog, commit, cursors, file, settings.clock(), settings.upkeep());
  }

  @Override
  public Document handle(String database, Document body) {
    return commands.handle(database, body);
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
