package soloist.tracking;

import static com.mongodb.client.model.Filters.eq;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import soloist.ingest.Ingest;
import soloist.privacy.Suppressions;
import soloist.profile.EventTypes;
import soloist.security.Links;
import soloist.store.Store;

/** Turns what people do with a message into events of their profile. */
public final class Responses {
  private static final System.Logger LOG = System.getLogger(Responses.class.getName());
  private static final int MOST_WAITING = 1_000;

  /**
   * How long a person looks at nothing; a mail provider that unsubscribes gives up soon as well.
   */
  private static final Duration PATIENCE = Duration.ofMillis(150);

  private final Store store;
  private final Ingest ingest;
  private final Suppressions suppressions;
  private final ExecutorService threads;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Semaphore wishes = new Semaphore(MOST_WAITING);
  private final AtomicLong dropped = new AtomicLong();

  public Responses(Store store, Ingest ingest, Suppressions suppressions, ExecutorService threads) {
    this.store = store;
    this.ingest = ingest;
    this.suppressions = suppressions;
    this.threads = threads;
  }

  /**
   * Notes an open or a click without keeping the person waiting. The only events that may be lost:
   * when too many wait for the store one is dropped and counted.
   *
   * @param nonce tells one response from the next
   */
  void note(Links.Link link, String type, String nonce) {
    if (!waiting.tryAcquire()) {
      dropped.incrementAndGet();
      return;
    }
    try {
      threads.execute(
          () -> {
            try {
              tell(link, type, type + ":" + link.message() + ":" + nonce);
            } catch (RuntimeException e) {
              // The boundary of this thread: the person has been answered already.
              dropped.incrementAndGet();
              LOG.log(Level.WARNING, type + " of message " + link.message() + " was dropped", e);
            } finally {
              waiting.release();
            }
          });
    } catch (RejectedExecutionException _) {
      waiting.release();
      dropped.incrementAndGet();
    }
  }

  /** What became of somebody's wish to get no more mail. */
  enum Wish {
    /** It is on disk. */
    KEPT,
    /** It is not known whether it will be kept: the store has not answered yet. */
    OPEN,
    /** The message is not known any more, so that there is nothing to suppress. */
    UNKNOWN
  }

  /**
   * Suppresses the address that the message went to, durably; the event follows. A store that does
   * not answer keeps nobody waiting: the wish is open then, and is kept if the store answers while
   * this process lives.
   */
  Wish unsubscribe(Links.Link link) {
    if (!wishes.tryAcquire()) {
      return Wish.OPEN;
    }
    var answer = new CompletableFuture<Wish>();
    try {
      threads.execute(() -> unsubscribe(link, answer));
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      wishes.release();
      return Wish.OPEN;
    } catch (TimeoutException | ExecutionException _) {
      return Wish.OPEN;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Wish.OPEN;
    }
  }

  private void unsubscribe(Links.Link link, CompletableFuture<Wish> answer) {
    try {
      boolean isKept = suppress(link);
      answer.complete(isKept ? Wish.KEPT : Wish.UNKNOWN);
      if (isKept) {
        tellUnsubscribed(link);
      }
    } catch (RuntimeException e) {
      // The boundary of this thread: who waits is told that it is open.
      LOG.log(Level.WARNING, "an unsubscribe was not kept, message " + link.message(), e);
      answer.completeExceptionally(e);
    } finally {
      wishes.release();
    }
  }

  private boolean suppress(Links.Link link) {
    Optional<Document> message = message(link);
    String recipient = message.map(row -> row.getString("recipient")).orElse(null);
    if (message.map(row -> "erased".equals(row.getString("reason"))).orElse(false)) {
      // Nobody writes there any more, and nobody knows who it was.
      return true;
    }
    if (message.isEmpty() || recipient == null) {
      return false;
    }
    String channel = message.get().getString("channel");
    suppressions.add(channel, recipient, Suppressions.Reason.UNSUBSCRIBED, link.message());
    return true;
  }

  /** Events that a crash kept from following their suppression. */
  public void tellUntold() {
    suppressions.untold().forEach(message -> tellUnsubscribed(new Links.Link(message, 0, "")));
  }

  public long dropped() {
    return dropped.get();
  }

  private void tellUnsubscribed(Links.Link link) {
    try {
      tell(link, EventTypes.UNSUBSCRIBED, EventTypes.UNSUBSCRIBED + ":" + link.message());
      suppressions.told(link.message());
    } catch (RuntimeException e) {
      // The promise to the person is kept by the suppression; the event is told again at the next
      // start.
      LOG.log(Level.WARNING, "the event of an unsubscribe waits, message " + link.message(), e);
    }
  }

  private void tell(Links.Link link, String type, String id) {
    Optional<Document> found = message(link);
    if (found.isEmpty()) {
      return;
    }
    Document message = found.get();
    if ("erased".equals(message.getString("reason"))) {
      return;
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("message", link.message());
    properties.put("campaign", message.getString("campaign"));
    properties.put("step", message.getString("step"));
    properties.put("entry", message.getString("entry"));
    properties.put("purpose", message.getString("purpose"));
    properties.put("source", "link");
    if (!link.destination().isEmpty()) {
      properties.put("url", link.destination());
    }
    ingest.tell(id, message.getString("profileId"), type, "tracking", properties).join();
  }

  private Optional<Document> message(Links.Link link) {
    return Optional.ofNullable(store.outbox().find(eq("_id", link.message())).first());
  }
}
