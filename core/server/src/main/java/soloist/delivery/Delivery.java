package soloist.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bson.Document;
import soloist.bus.Topics;
import soloist.content.Rendered;
import soloist.content.Renderer;
import soloist.privacy.Suppressions;
import soloist.profile.Profile;
import soloist.spi.Advice;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;

/**
 * Sends what is queued for one channel instance: claim, gates, render, mark, send, settle. A thread
 * of its own claims when it is woken; one virtual thread per free connection sends, and a row is
 * marked only when a connection is free for it.
 */
final class Delivery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final int CLAIM = 100;
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(15);

  private static final Duration PAUSE_UNTIL_PROVEN = Duration.ofSeconds(5);

  /** How soon a message of a campaign that pauses is looked at again. */
  private static final Duration CAMPAIGN_PAUSE = Duration.ofSeconds(30);

  private static final Duration PAUSE_AFTER_DEFECT = Duration.ofMinutes(1);
  private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMinutes(15);

  private final String instance;
  private final Channel channel;
  private final boolean leaves;
  private final BooleanSupplier isCurrent;
  private final Claims claims;
  private final Outbox outbox;
  private final Gates gates;
  private final Means means;
  private final InstantSource clock;
  private final int connections;
  private final Semaphore free;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile Instant pausedUntil = Instant.MIN;
  private volatile boolean open = true;
  private volatile boolean rests;
  private volatile Optional<Advice> trouble = Optional.empty();

  /**
   * @param leaves whether its messages leave this machine, for which links have to lead back
   * @param isCurrent whether the owner still wants it as it is; asked before each message, so that
   *     off is off at once
   */
  Delivery(
      String instance,
      Channel channel,
      boolean leaves,
      BooleanSupplier isCurrent,
      Claims claims,
      Means means) {
    this.instance = instance;
    this.channel = channel;
    this.leaves = leaves;
    this.isCurrent = isCurrent;
    this.claims = claims;
    this.means = means;
    outbox = claims.outbox();
    gates = means.gates();
    clock = means.clock();
    connections = channel.connections();
    free = new Semaphore(connections);
    Thread.ofVirtual().name("delivery-" + instance).start(this::run);
  }

  Channel channel() {
    return channel;
  }

  /** Looks soon whether anything is due. */
  void wake() {
    wakeUps.release();
  }

  private void run() {
    while (open) {
      try {
        wakeUps.acquire();
        wakeUps.drainPermits();
        drain();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        // The boundary of this thread: the rows are in the outbox, the next second tries again.
        LOG.log(System.Logger.Level.WARNING, "delivery of " + instance + " will try again", e);
      }
    }
  }

  /**
   * Sends until nothing is due or a row must wait for the next wake-up. Blocks while all
   * connections are busy.
   */
  private void drain() throws InterruptedException {
    rests = false;
    while (open
        && !rests
        && means.hold().held().isEmpty()
        && !clock.instant().isBefore(pausedUntil)) {
      List<Queued> rows = claims.claim(instance, CLAIM);
      if (rows.isEmpty()) {
        return;
      }
      for (Queued row : rows) {
        means.observer().passed(DeliveryPoint.CLAIMED, row.id());
        free.acquire();
        Thread.ofVirtual().name("delivery-" + instance).start(() -> attempt(row));
      }
    }
  }

  private void attempt(Queued row) {
    try {
      if (!open
          || claims.isFenced()
          || clock.instant().isBefore(pausedUntil)
          || !isCurrent.getAsBoolean()) {
        rests = true;
        outbox.retry(row, clock.instant(), row.attempts(), "paused");
      } else if (leaves && !means.publicUrl().isProven()) {
        pausedUntil = clock.instant().plus(PAUSE_UNTIL_PROVEN);
        outbox.putOff(row, pausedUntil, PublicUrl.REASON);
      } else {
        send(row);
      }
    } catch (RuntimeException e) {
      // The boundary of the plugin and of the store: the row stays claimed or marked, and nobody
      // renews its lease any more.
      LOG.log(System.Logger.Level.ERROR, "message " + row.id() + " could not be handled", e);
      pausedUntil = clock.instant().plus(PAUSE_AFTER_DEFECT);
    } finally {
      claims.letGo(row);
      free.release();
    }
  }

  private void send(Queued row) {
    Optional<Profile> profile = gates.profile(row);
    if (profile.isEmpty()) {
      // The end of the commit wakes us again.
      rests = true;
      outbox.retry(row, row.queuedAt(), row.attempts(), "waits for its commit");
      return;
    }
    if (gates.isPaused(row)) {
      outbox.retry(row, clock.instant().plus(CAMPAIGN_PAUSE), row.attempts(), "campaign-paused");
      return;
    }
    Gates.Passage passage = gates.pass(row, profile.get(), channel.addresses());
    Document seen = new Document("gates", passage.gates()).append("recipient", passage.address());
    if (passage.closed().isPresent()) {
      settled(row, "held", seen.append("reason", passage.closed().get()));
      return;
    }
    Message message;
    try {
      message = message(row, passage);
    } catch (IllegalArgumentException | IllegalStateException e) {
      settled(row, "refused", seen.append("reason", "cannot be written: " + e.getMessage()));
      return;
    }
    seen.append("messageId", message.id()).append("subject", message.subject());
    if (!outbox.mark(row, seen)) {
      return;
    }
    means.observer().passed(DeliveryPoint.MARKED, row.id());
    Outcome outcome = channel.send(message);
    trouble = trouble(outcome);
    means.observer().passed(DeliveryPoint.SENT, row.id());
    settle(row, passage.address(), seen, outcome);
    means.observer().passed(DeliveryPoint.SETTLED, row.id());
  }

  /** What keeps every message from going out; nothing once one has gone. */
  private Optional<Advice> trouble(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> Optional.empty();
      case Outcome.Later later when later.by() == Outcome.Delayed.RELAY -> channel.advice(outcome);
      case Outcome.Refused refused when refused.fault() == Outcome.Fault.SENDER ->
          channel.advice(outcome);
      case Outcome.Later _, Outcome.Refused _, Outcome.Uncertain _ -> trouble;
    };
  }

  /** What the owner can do when the other side takes nothing. */
  Optional<Advice> trouble() {
    return trouble;
  }

  private Message message(Queued row, Gates.Passage passage) {
    Rendered rendered =
        means
            .renderer()
            .render(
                means.templates().find(row.template(), row.templateVersion()),
                row.id(),
                Renderer.language(passage.profile()),
                Renderer.fields(passage.profile(), clock.instant()));
    return new Message(
        row.id() + ".g0",
        passage.address(),
        rendered.subject(),
        rendered.html(),
        rendered.text(),
        rendered.language(),
        means.links().unsubscribe(row.id()));
  }

  private void settle(Queued row, String address, Document seen, Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted(String providerId) ->
          settled(row, "sent", seen.append("providerId", providerId).append("reason", null));
      case Outcome.Later(Duration after, Outcome.Delayed by, String reason) ->
          later(row, after, by, reason);
      case Outcome.Refused(Outcome.Fault fault, String code, String reason) -> {
        switch (fault) {
          case PERSON -> {
            means.suppressions().add(instance, address, Suppressions.Reason.HARD_BOUNCE, row.id());
            settled(row, "refused", seen.append("reason", code + " " + reason));
          }
          case MESSAGE -> settled(row, "refused", seen.append("reason", code + " " + reason));
          case SENDER -> {
            // It is about us, not the person: nobody is suppressed and the next try waits for the
            // owner.
            LOG.log(
                System.Logger.Level.ERROR,
                instance + " is refused as a sender: " + code + " " + reason);
            pausedUntil = clock.instant().plus(PAUSE_AFTER_REFUSAL);
            outbox.putOff(row, pausedUntil, code + " " + reason);
          }
        }
      }
      case Outcome.Uncertain(String reason) -> outbox.doubt(row, reason);
    }
  }

  private void later(Queued row, Duration after, Outcome.Delayed by, String reason) {
    Instant now = clock.instant();
    boolean isPerson = by == Outcome.Delayed.PERSON;
    int attempts = isPerson ? row.attempts() + 1 : row.attempts();
    Duration backoff = isPerson ? Backoff.after(attempts, row.id()) : after;
    Instant dueAt = now.plus(backoff.compareTo(after) > 0 ? backoff : after);
    if (!isPerson) {
      pausedUntil = dueAt;
    }
    if (dueAt.isAfter(row.queuedAt().plus(Backoff.GIVE_UP))) {
      settled(row, "refused", new Document("reason", "gave up: " + reason));
    } else if (isPerson) {
      outbox.retry(row, dueAt, attempts, reason);
    } else {
      outbox.putOff(row, dueAt, reason);
    }
  }

  private void settled(Queued row, String state, Document result) {
    outbox.settle(row, state, result);
    means.bus().publish(Topics.MESSAGE_SETTLED, new Topics.MessageSettled(row.id(), state));
  }

  /** Starts nothing more; what was claimed and not begun goes back. */
  void stop() {
    open = false;
    wakeUps.release();
  }

  /**
   * Starts nothing more and waits up to 15 s until what is under way has ended. What has not ended
   * then stays marked, like after a crash.
   */
  @Override
  public void close() {
    stop();
    try {
      if (free.tryAcquire(connections, LONGEST_DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        // What was claimed just before still goes back.
        free.release(connections);
      } else {
        LOG.log(
            System.Logger.Level.WARNING, "some messages of " + instance + " were still being sent");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
