package soloist.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.testkit.Eventually;

class JournalTest {
  private static final String ADA = "ada";
  private static final int PARTITION = Partitions.of(ADA);

  private final LaneBench bench = new LaneBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void doublesLeaveNoGapInsideAGroupOrAcrossGroups() {
    Random random = Seed.random("journal");
    int fresh = 0;
    for (int group = 0; group < 10; group++) {
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        answers.add(bench.journal().append(row("e" + random.nextInt(300))));
      }
      fresh += (int) answers.stream().filter(CompletableFuture::join).count();
    }

    assertEquals(fresh, bench.store.events().countDocuments());
    assertDense(fresh);
    assertEquals(fresh, bench.journal().backlog());
    bench.pull();
    assertEquals(0, bench.journal().backlog());
    assertEquals(fresh, bench.notes(ADA).size());
  }

  @Test
  void aStoreThatIsAwayFailsTheAppendAndLeavesNoGap() {
    assertTrue(bench.append(row("e1")));
    bench.server.stop();

    assertThrows(CompletionException.class, () -> bench.append(row("e2")));
    bench.server.start();
    bench.append(row("e2"));
    assertTrue(bench.append(row("e3")));

    assertDense(3);
    bench.pull();
    assertEquals(List.of("e1{}", "e2{}", "e3{}"), bench.notes(ADA));
    assertEquals(0, bench.journal().backlog());
    bench.clock.advance(Duration.ofDays(1));
    assertEquals(bench.clock.instant(), bench.journal().knownUntil(PARTITION, 3, 0));
  }

  @Test
  void aPositionThatAnotherWriterTookIsPassedOver() {
    bench.append(row("e1"));
    bench.store.events().insertOne(row("theirs").placed(2, bench.clock.instant()).toDocument());

    assertThrows(CompletionException.class, () -> bench.append(row("e2")));
    assertTrue(bench.append(row("e2")));

    assertDense(3);
    bench.pull();
    assertEquals(List.of("e1{}", "theirs{}", "e2{}"), bench.notes(ADA));
    assertEquals(0, bench.journal().backlog());
  }

  @Test
  void stampsNeverGoBackWhenTheClockDoes() {
    Instant before = bench.clock.instant();
    bench.append(row("e1"));
    bench.clock.advance(Duration.ofHours(-5));
    bench.append(row("e2"));
    bench.restart();
    bench.append(row("e3"));

    for (Document row : bench.store.events().find()) {
      assertEquals(before, row.getDate("at").toInstant());
    }
  }

  @Test
  void anEventOfTheFutureHappenedWhenItCame() {
    Row ahead =
        Row.draft(
            "e1",
            ADA,
            List.of(),
            "visit",
            bench.in(Duration.ofHours(1)),
            "api",
            Map.of(),
            Map.of());
    bench.append(ahead);

    Document row = bench.store.events().find().first();
    assertEquals(row.getDate("at"), row.getDate("time"));
  }

  @Test
  void whatIsKnownUntilAnInstantIsNeverBrokenByALaterRow() {
    var sequence = new Sequence(0, 0, Instant.EPOCH);
    sequence.tail(Row.Source.LIVE).room(new TailRoom(TailRoom.USUAL));
    var ended = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    Row row = sequence.place(row("e" + i), 0, Instant.now());
                    if (i % 3 == 0) {
                      sequence.giveBack();
                    } else {
                      sequence.commit(row);
                    }
                  }
                  ended.set(true);
                });

    long judged = 0;
    Instant promised = Instant.EPOCH;
    while (!ended.get() || judged < sequence.head(Row.Source.LIVE)) {
      List<Row> rows = sequence.tail(Row.Source.LIVE).after(judged, 7);
      for (Row row : rows == null ? List.<Row>of() : rows) {
        assertFalse(row.at().isBefore(promised), row.at() + " after " + promised);
        judged = row.position();
      }
      if (rows == null && judged < sequence.head(Row.Source.LIVE)) {
        judged = sequence.head(Row.Source.LIVE);
      }
      Instant known = sequence.knownUntil(judged, 0, Instant.now());
      promised = known == null ? promised : known;
    }
    Eventually.until(Duration.ofSeconds(10), "the writer", () -> !writer.isAlive());
  }

  @Test
  void aTailThatLacksRowsSaysSo() {
    var tail = new Tail();
    tail.room(new TailRoom(500 * Tail.sizeOf(row("e100"))));
    for (long position = 1; position <= 600; position++) {
      tail.add(row("e" + position).placed(position, Instant.EPOCH));
    }

    assertEquals(null, tail.after(10, 5));
    assertEquals(101, tail.after(100, 5).getFirst().position());
    assertEquals(null, tail.after(600, 5));
    tail.add(row("later").placed(700, Instant.EPOCH));
    assertEquals(null, tail.after(600, 5));
    assertEquals(1, tail.after(699, 5).size());
  }

  @Test
  void theTailsOfALaneKeepNoMoreThanItsRoom() {
    var room = new TailRoom(TailRoom.USUAL);
    List<Tail> tails = List.of(new Tail(), new Tail(), new Tail());
    tails.forEach(tail -> tail.room(room));
    Map<String, Object> large = Map.of("text", "x".repeat(60_000));
    for (long position = 1; position <= 40; position++) {
      for (Tail tail : tails) {
        tail.add(bench.row("e" + position, ADA, large).placed(position, Instant.EPOCH));
        assertTrue(room.taken() <= 4 << 20, "bytes " + room.taken());
      }
    }

    assertTrue(room.taken() > 3 << 20, "bytes " + room.taken());
    assertEquals(null, tails.getFirst().after(1, 1));
    assertEquals(1, tails.getFirst().after(39, 1).size());

    tails.forEach(tail -> tail.forgetUpTo(40));

    assertEquals(0, room.taken());
  }

  @Test
  void aClosedJournalRefuses() {
    Journal journal = bench.journal();
    journal.close();

    assertThrows(CompletionException.class, () -> journal.append(row("e1")).join());
  }

  private Row row(String id) {
    return bench.row(id, ADA, Map.of());
  }

  private void assertDense(long count) {
    List<Long> positions = new ArrayList<>();
    bench
        .store
        .events()
        .find(new Document("partition", PARTITION))
        .sort(new Document("position", 1))
        .forEach(row -> positions.add(row.getLong("position")));
    assertEquals(java.util.stream.LongStream.rangeClosed(1, count).boxed().toList(), positions);
  }
}
