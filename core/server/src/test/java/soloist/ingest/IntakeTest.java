package soloist.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final BlockingQueue<List<String>> groups = new LinkedBlockingQueue<>();
  private final Semaphore mayGoOn = new Semaphore(0);
  private final Intake intake = new Intake(this::take);

  private void take(List<Intake.Offer> group) {
    groups.add(group.stream().map(offer -> offer.event().id()).toList());
    mayGoOn.acquireUninterruptibly();
    if (group.getFirst().event().id().equals("bad")) {
      throw new IllegalStateException("the store is away");
    }
    group.forEach(offer -> offer.fresh().complete(true));
  }

  @Test
  void whatComesWhileOneGroupIsTakenIsTheNext() throws Exception {
    var all = new ArrayList<>(offer("first"));
    assertEquals(List.of("first"), groups.take());

    List<String> others = IntStream.range(0, 40).mapToObj(i -> "e" + i).toList();
    others.forEach(id -> all.addAll(offer(id)));
    mayGoOn.release(2);

    assertEquals(others, groups.take());
    assertTrue(all.stream().allMatch(CompletableFuture::join));
  }

  @Test
  void anIdComesOnceInAGroup() throws Exception {
    mayGoOn.release(9);

    var all = offer("a", "b", "a", "c", "a");

    assertTrue(all.stream().allMatch(CompletableFuture::join));
    assertEquals(
        List.of(List.of("a", "b"), List.of("a", "c"), List.of("a")),
        List.of(groups.take(), groups.take(), groups.take()));
  }

  @Test
  void aGroupThatFailsSaysSoAndTheNextIsTaken() throws Exception {
    var bad = offer("bad").getFirst();
    assertEquals(List.of("bad"), groups.take());
    var good = offer("good").getFirst();
    mayGoOn.release(2);

    assertThrows(CompletionException.class, bad::join);
    assertTrue(good.join());
  }

  private List<CompletableFuture<Boolean>> offer(String... ids) {
    List<EventInput> events = new ArrayList<>();
    for (String id : ids) {
      events.add(
          new EventInput(id, "visit", Instant.EPOCH, Map.of("email", "a@example.com"), Map.of()));
    }
    return intake.offer(events, "api");
  }
}
