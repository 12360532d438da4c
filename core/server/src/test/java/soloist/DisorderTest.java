package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.lane.Row;
import soloist.store.TestStore;

/** Events that come three times, shuffled and late give the portraits of the orderly ones. */
class DisorderTest {
  private static final Set<String> BOOKKEEPING = Set.of("rev", "applied", "judgedAt", "asked");

  /** What a person went through, which does depend on when something became known. */
  private static final Set<String> COURSE =
      Set.of("memberships", "segments", "journeys", "entered", "dueAt");

  @Test
  void doublesAndDisorderChangeNoPortrait() {
    Random random = Seed.random("disorder");
    int people = Seed.rounds(60, 1_000);
    List<Row> history = history(people, random);
    try (TestStore server = new TestStore();
        Rig orderly = new Rig(server, "orderly", Load.START);
        Rig disorderly = new Rig(server, "disorderly", Load.START)) {
      tell(orderly, history, row -> List.of(row.time()));

      tell(disorderly, history, row -> times(row, random));

      assertEquals(history.size(), orderly.store.events().countDocuments());
      assertEquals(history.size(), disorderly.store.events().countDocuments());
      assertEquals(0, disorderly.store.dead().countDocuments());
      Map<String, Document> right = orderly.people();
      assertEquals(right.keySet(), disorderly.people().keySet());
      assertTrue(right.size() > people * 9 / 10);
      disorderly
          .people()
          .forEach((id, found) -> assertEquals(portrait(right.get(id)), portrait(found)));
    }
  }

  /** Three times within ten minutes; of every twenty one comes a day late. */
  private static List<Instant> times(Row row, Random random) {
    Duration late = random.nextInt(20) == 0 ? Duration.ofHours(24) : Duration.ZERO;
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      times.add(row.time().plus(late).plusSeconds(random.nextInt(600)));
    }
    return times;
  }

  private interface Offered {
    List<Instant> at(Row row);
  }

  private static void tell(Rig rig, List<Row> history, Offered offered) {
    Map<Instant, List<Row>> byHour = new TreeMap<>();
    for (Row row : history) {
      for (Instant at : offered.at(row)) {
        Instant next =
            at.truncatedTo(java.time.temporal.ChronoUnit.HOURS).plus(Duration.ofHours(1));
        byHour.computeIfAbsent(next, _ -> new ArrayList<>()).add(row);
      }
    }
    byHour.forEach(
        (hour, rows) -> {
          Collections.shuffle(rows, new Random(hour.toEpochMilli()));
          rig.clock.set(hour);
          rig.append(rows);
        });
    rig.pull();
  }

  private static List<Row> history(int people, Random random) {
    Load load = Load.random(people, 40, people / 2, random);
    Set<String> seen = new TreeSet<>();
    return load.ticks().stream()
        .flatMap(tick -> tick.rows().stream())
        .filter(row -> row.source() == Row.Source.LIVE && !row.isControl() && seen.add(row.id()))
        .toList();
  }

  private static String portrait(Document profile) {
    Document portrait = new Document(profile);
    BOOKKEEPING.forEach(portrait::remove);
    COURSE.forEach(portrait::remove);
    return portrait.toJson();
  }
}
