package soloist.bench.crash;

import static com.mongodb.client.model.Filters.eq;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers of one run, one after the other on what the one before left, under one clock. */
final class Servers implements AutoCloseable {
  private final Shipped shipped;
  private final Path home;
  private final RunStore store;
  private final int smtpPort;
  private final Safeguards safeguards;
  private final Address address;
  private final Set<String> inflight = new HashSet<>();
  private final List<KillPoint> killed = new ArrayList<>();
  private Duration ahead = Duration.between(Instant.now(), Load.BEGIN);
  private long slowestStart;
  private long slowestEnd;
  private @Nullable ServerProcess server;

  /**
   * @param address is told where the server of the moment answers
   */
  Servers(
      Shipped shipped,
      Path home,
      RunStore store,
      int smtpPort,
      Safeguards safeguards,
      Address address) {
    this.shipped = shipped;
    this.home = home;
    this.store = store;
    this.smtpPort = smtpPort;
    this.safeguards = safeguards;
    this.address = address;
  }

  /** Starts one and waits until it answers. */
  void start() throws IOException, InterruptedException {
    long began = System.nanoTime();
    ServerProcess started = launch(Optional.empty());
    if (store.isInside()) {
      store.servedAt(started.awaitStore());
    }
    address.set(started.awaitPlace());
    slowestStart = Math.max(slowestStart, (System.nanoTime() - began) / 1_000_000);
  }

  /** Starts one that is caught while it starts. */
  void startInto(String trap) throws IOException, InterruptedException {
    launch(Optional.of(trap)).awaitCaught();
  }

  private ServerProcess launch(Optional<String> trap) throws IOException {
    server = ServerProcess.start(shipped, home, store, smtpPort, safeguards, ahead, trap);
    return server;
  }

  /** SIGKILL. Notes what was on its way. */
  void kill(KillPoint point) throws IOException, InterruptedException {
    running().kill();
    address.set(null);
    killed.add(point);
    inflight.addAll(marked());
  }

  /**
   * SIGTERM.
   *
   * @throws IllegalStateException when a message was left on its way
   */
  void ask() throws IOException, InterruptedException {
    long began = System.nanoTime();
    running().ask();
    slowestEnd = Math.max(slowestEnd, (System.nanoTime() - began) / 1_000_000);
    address.set(null);
    killed.add(KillPoint.ASKED);
    Set<String> left = marked();
    if (!left.isEmpty()) {
      throw new IllegalStateException("a server that ended in order left on their way: " + left);
    }
  }

  /** Id and fence of each message that is marked as being sent. */
  private Set<String> marked() throws IOException {
    Set<String> marked = new HashSet<>();
    store.left(
        left ->
            left.outbox()
                .find(eq("state", "inflight"))
                .forEach(row -> marked.add(row.getString("_id") + "#" + row.getLong("fence"))));
    return marked;
  }

  ServerProcess running() {
    if (server == null) {
      throw new IllegalStateException("no server has been started");
    }
    return server;
  }

  /** Moves the clock on, of the server that runs and of those to come; back when negative. */
  void pass(Duration time) {
    ahead = ahead.plus(time);
    running().ahead(ahead);
  }

  /** Sets the clock of those to come. */
  void setClock(Instant now) {
    ahead = Duration.between(Instant.now(), now);
  }

  Instant now() {
    return Instant.now().plus(ahead);
  }

  /** Id and fence of each message that was marked as being sent at some kill. */
  Set<String> inflight() {
    return inflight;
  }

  List<KillPoint> killed() {
    return killed;
  }

  long slowestStart() {
    return slowestStart;
  }

  long slowestEnd() {
    return slowestEnd;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
