package soloist.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Live events that wait to be taken, whoever sends them, one group at a time: while one group is
 * looked up the next gathers, so that many senders at once cost few round trips. Alone, an event
 * waits for nobody.
 */
final class Intake {
  private static final int MOST_EVENTS = 1_000;

  /**
   * An event that waits.
   *
   * @param fresh completed when its row is durable; false for an id that was taken before
   */
  record Offer(EventInput event, String origin, CompletableFuture<Boolean> fresh) {}

  private final Consumer<List<Offer>> taker;
  private final ConcurrentLinkedQueue<Offer> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isTaking = new AtomicBoolean();

  /**
   * @param taker is called with one group after the other, in which each id comes once
   */
  Intake(Consumer<List<Offer>> taker) {
    this.taker = taker;
  }

  /** Takes events in their order. */
  List<CompletableFuture<Boolean>> offer(List<EventInput> events, String origin) {
    List<CompletableFuture<Boolean>> offered = new ArrayList<>(events.size());
    for (EventInput event : events) {
      var fresh = new CompletableFuture<Boolean>();
      waiting.add(new Offer(event, origin, fresh));
      offered.add(fresh);
    }
    wake();
    return offered;
  }

  private void wake() {
    if (!waiting.isEmpty() && isTaking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("intake").start(this::takeAll);
    }
  }

  private void takeAll() {
    try {
      for (List<Offer> group = group(); !group.isEmpty(); group = group()) {
        take(group);
      }
    } finally {
      isTaking.set(false);
      // Somebody may have come after the last look and seen that this still ran.
      wake();
    }
  }

  private List<Offer> group() {
    List<Offer> group = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Offer next = waiting.peek();
    while (next != null && group.size() < MOST_EVENTS && ids.add(next.event().id())) {
      group.add(next);
      waiting.remove();
      next = waiting.peek();
    }
    return group;
  }

  private void take(List<Offer> group) {
    try {
      taker.accept(group);
    } catch (RuntimeException e) {
      // The boundary of this thread: whoever waits hears of it, and the next group is tried.
      group.forEach(offer -> offer.fresh().completeExceptionally(e));
    }
  }
}
