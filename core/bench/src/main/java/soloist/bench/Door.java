package soloist.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import soloist.Controls;
import soloist.Soloist;
import soloist.config.Config;
import soloist.http.Caller;
import soloist.http.Gate;
import soloist.http.HttpHost;
import soloist.http.Operation;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.ingest.EventsEndpoint;
import soloist.ingest.Ingest;
import soloist.ingest.Undone;
import soloist.lane.Journal;
import soloist.store.Store;
import soloist.testkit.Eventually;

/** A door for events: with nothing behind it but the journal, or the whole server. */
final class Door implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String IDLE = "/api/v1/idle";
  private static final Clock CLOCK = Clock.systemUTC();

  private final Deque<AutoCloseable> opened;
  private final int port;
  private final String authorization;
  private final Runnable awaitJudged;

  private Door(Deque<AutoCloseable> opened, int port, String authorization, Runnable awaitJudged) {
    this.opened = opened;
    this.port = port;
    this.authorization = authorization;
    this.awaitJudged = awaitJudged;
  }

  /** Nobody judges what is journalled here. A second path takes anything and does nothing. */
  static Door open(String uri) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    Store store = new Store(uri);
    opened.push(store);
    Journal journal = new Journal(store, CLOCK, (_, _) -> {});
    opened.push(journal);
    Vertx vertx = Vertx.vertx();
    opened.push(() -> vertx.close().await());
    HttpHost http = new HttpHost(vertx, List::of, new Everybody());
    opened.push(http);
    Ingest ingest =
        new Ingest(
            new Identity(store, new ProfileIds(CLOCK)),
            journal,
            new Undone(),
            CLOCK,
            () -> "",
            Long.MAX_VALUE);
    new EventsEndpoint(ingest).mount(http.api());
    http.api().post(IDLE, Permission.EVENTS_WRITE, _ -> Reply.json(202, new JsonObject()));
    return new Door(opened, http.listen(0), "", () -> {});
  }

  /** The server as it ships. */
  static Door whole(String uri, Path home, Path plugins) throws IOException {
    Soloist soloist =
        Soloist.start(
            new Config(
                0,
                home,
                plugins,
                Optional.of(uri),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Tea shop",
                "shop@example.com",
                "1 Harbour Street, Hamburg"),
            Controls.USUAL);
    return new Door(
        new ArrayDeque<>(List.of(soloist)),
        soloist.port(),
        "Bearer " + soloist.token(),
        () -> Eventually.until(LIMIT, "all to be judged", soloist::isIdle));
  }

  int port() {
    return port;
  }

  Told.Place place() {
    return new Told.Place("/api/v1/events", authorization);
  }

  /** Where nothing happens. */
  Told.Place idle() {
    return new Told.Place(IDLE, authorization);
  }

  void awaitJudged() {
    awaitJudged.run();
  }

  @Override
  public void close() throws IOException {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Whoever asks may. */
  private static final class Everybody implements Gate {
    private static final Caller CALLER =
        new Caller(Caller.Kind.MACHINE, "bench", "bench", Set.of(Permission.values()), "");

    @Override
    public Caller admit(Request request, Operation operation) {
      return CALLER;
    }

    @Override
    public void changed(
        Request request, Operation operation, int status, JsonObject before, JsonObject after) {}

    @Override
    public boolean isFirstStart() {
      return false;
    }
  }
}
