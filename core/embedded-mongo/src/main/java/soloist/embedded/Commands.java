package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/** Every command by name, as the driver sends it; all errors become replies here. */
final class Commands implements CommandHandler {
  private static final Logger LOG = System.getLogger(Commands.class.getName());
  static final int MAX_MESSAGE = 48_000_000;
  private static final int MAX_STATEMENTS = 100_000;

  /** MongoDB 5.0: the newest for which a lone server without sessions answers all a driver asks. */
  private static final int WIRE_VERSION = 13;

  private static final String VERSION = "5.0.0";

  /** Those that change nothing and may be run again. */
  static final Set<String> READS =
      Set.of(
          "find",
          "count",
          "distinct",
          "aggregate",
          "explain",
          "listDatabases",
          "listCollections",
          "listIndexes",
          "collStats",
          "collstats");

  private final ReadCommands reads;
  private final WriteCommands writes;
  private final SchemaCommands schema;
  private final Cursors cursors;
  private final GroupCommit commit;
  private final Clock clock;

  Commands(
      ReadCommands reads,
      WriteCommands writes,
      SchemaCommands schema,
      Cursors cursors,
      GroupCommit commit,
      Clock clock) {
    this.reads = reads;
    this.writes = writes;
    this.schema = schema;
    this.cursors = cursors;
    this.commit = commit;
    this.clock = clock;
  }

  @Override
  public Document handle(String database, Document body) {
    String command = name(body);
    try {
      Known.check(command, body);
      Document answer = run(database, command, body);
      if (body.get("readConcern") instanceof Document concern && isDurable(concern)) {
        // What was read must not be lost by a crash either.
        commit.flush();
      }
      return answer;
    } catch (MongoServerError e) {
      return error(e.getCode(), e.getCodeName(), e.getMessageWithoutErrorCode());
    } catch (MongoServerException e) {
      return error(1, "InternalError", e.getMessageWithoutErrorCode());
    } catch (MVStoreException e) {
      return unreadable(e);
    } catch (ClassCastException | NullPointerException e) {
      // The library trusts the types of what clients send.
      LOG.log(Level.DEBUG, "A command of the wrong shape", e);
      return error(14, "TypeMismatch", command + " holds a value of the wrong type");
    } catch (RuntimeException e) {
      if (e.getCause() instanceof MVStoreException) {
        return unreadable(e);
      }
      LOG.log(Level.ERROR, "A command failed", e);
      return error(1, "InternalError", e.toString());
    }
  }

  static String name(Document body) {
    return body.isEmpty() ? "" : body.keySet().iterator().next();
  }

  private static Document unreadable(RuntimeException e) {
    LOG.log(Level.ERROR, "The store could not be read", e);
    return error(1, "InternalError", "the embedded store could not be read: " + e.getMessage());
  }

  private static boolean isDurable(Document concern) {
    return List.of("majority", "linearizable").contains(concern.get("level"));
  }

  static Document error(int code, String name, String message) {
    return new Document("ok", 0.0)
        .append("errmsg", message)
        .append("code", code)
        .append("codeName", name == null ? "" : name);
  }

  private Document run(String database, String command, Document body) {
    return switch (command) {
      case "insert" -> writes.insert(database, body);
      case "update" -> writes.update(database, body);
      case "delete" -> writes.delete(database, body);
      case "findAndModify", "findandmodify" -> writes.findAndModify(database, body);
      case "find" -> reads.find(database, body);
      case "count" -> reads.count(database, body);
      case "distinct" -> reads.distinct(database, body);
      case "aggregate" -> reads.aggregate(database, body);
      case "explain" -> reads.explain(database, body);
      case "getMore" -> cursors.more(body);
      case "killCursors" -> cursors.kill(Part.list(body, "cursors"));
      case "create" -> schema.create(database, body);
      case "createIndexes" -> schema.createIndexes(database, body);
      case "dropIndexes" -> schema.dropIndexes(database, body);
      case "drop" -> schema.drop(database, body);
      case "dropDatabase" -> schema.dropDatabase(database);
      case "listDatabases" -> schema.listDatabases();
      case "listCollections" -> schema.listCollections(database, body);
      case "listIndexes" -> schema.listIndexes(database, body);
      case "collStats", "collstats" -> schema.collStats(database, body);
      case "hello", "isMaster", "ismaster" -> hello();
      case "buildInfo", "buildinfo" ->
          new Document("version", VERSION)
              .append("versionArray", List.of(5, 0, 0, 0))
              .append("maxBsonObjectSize", BsonConstants.MAX_BSON_OBJECT_SIZE)
              .append("ok", 1.0);
      case "ping", "endSessions" -> new Document("ok", 1.0);
      case "serverStatus" -> status();
      default -> throw Refusal.of(59, "CommandNotFound", "no such command: '" + command + "'");
    };
  }

  private Document hello() {
    return new Document("ismaster", true)
        .append("isWritablePrimary", true)
        .append("helloOk", true)
        .append("maxBsonObjectSize", BsonConstants.MAX_BSON_OBJECT_SIZE)
        .append("maxMessageSizeBytes", MAX_MESSAGE)
        .append("maxWriteBatchSize", MAX_STATEMENTS)
        .append("localTime", clock.instant())
        .append("minWireVersion", 0)
        .append("maxWireVersion", WIRE_VERSION)
        .append("readOnly", false)
        .append("ok", 1.0);
  }

  private Document status() {
    var open = new Document("total", (long) cursors.size());
    return new Document("version", VERSION)
        .append("process", "soloist")
        .append("metrics", new Document("cursor", new Document("open", open)))
        .append("ok", 1.0);
  }
}
