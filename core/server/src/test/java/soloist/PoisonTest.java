package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.store.TestStore;

/** Rows that can never be judged, among many that can. */
class PoisonTest {

  @Test
  void everyShapeOfPoisonIsSetAsideAndEveryOtherRowIsJudged() {
    Random random = Seed.random("poison");
    int good = Seed.rounds(2_000, 10_000);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < good; i++) {
      rows.add(row("good" + i, "person" + i % 500, EventTypes.CLICKED, Map.of()));
    }
    List<Row> poison = poison();
    try (TestStore server = new TestStore();
        Rig clean = new Rig(server, "clean", Load.START);
        Rig rig = new Rig(server, "poison", Load.START)) {
      double without = millis(clean, rows);
      rows.addAll(poison);
      Collections.shuffle(rows, random);

      double with = millis(rig, rows);

      Set<String> dead = new TreeSet<>();
      rig.store.dead().find().forEach(found -> dead.add(found.getString("_id")));
      assertEquals(new TreeSet<>(poison.stream().map(Row::id).toList()), dead);
      assertEquals(0, rig.journal.backlog());
      long clicks =
          rig.people().values().stream()
              .map(profile -> clicks(profile))
              .mapToLong(Long::longValue)
              .sum();
      assertEquals(good, clicks, "each of the good ones once");
      System.out.printf(
          "%d good rows: %.0f ms; with %d poisoned among them: %.0f ms%n",
          good, without, poison.size(), with);
    }
  }

  private static long clicks(Document profile) {
    Document habits = profile.get("habits", new Document());
    Document clicked = habits.get("did", new Document()).get("email:clicked", Document.class);
    return clicked == null ? 0 : clicked.getLong("times");
  }

  private static double millis(Rig rig, List<Row> rows) {
    rig.append(rows);
    long begin = System.nanoTime();
    rig.pull();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** Twenty shapes that no door lets in; each fails in another place or by another value. */
  private static List<Row> poison() {
    List<Row> poison = new ArrayList<>();
    for (int letters : new int[] {66_000, 100_000, 300_000}) {
      add(poison, EventTypes.TRAITS, Map.of("note", "x".repeat(letters)));
      add(poison, EventTypes.TRAITS, Map.of("note", "汉".repeat(letters / 3)));
    }
    for (Object traits : List.of(Map.of("k", Map.of()), Map.of("k", Map.of("en", "e")))) {
      add(poison, EventTypes.SCORED, Map.of("traits", traits));
    }
    for (Object gone : List.of(1, true, BigDecimal.ONE, Map.of("a", "b"), List.of())) {
      add(poison, EventTypes.SCORED, Map.of("gone", List.of(gone)));
    }
    for (Object properties : List.of("text", 7, true, List.of(), BigDecimal.TEN)) {
      add(
          poison,
          EventTypes.RETOLD,
          Map.of("type", "order", "behind", List.of(), "properties", properties));
    }
    String[] many = new String[300];
    Arrays.setAll(many, i -> "c" + i + "x".repeat(300));
    Map<String, Object> wide = new java.util.HashMap<>();
    for (String each : many) {
      wide.put("t" + each.substring(0, 8) + wide.size(), each);
    }
    add(poison, EventTypes.TRAITS, wide);
    add(poison, EventTypes.SCORED, Map.of("traits", Map.of("k", Map.of("zh", "z"))));
    assertTrue(poison.size() == 20, "shapes " + poison.size());
    return poison;
  }

  private static void add(List<Row> poison, String type, Map<String, Object> properties) {
    int number = poison.size();
    poison.add(row("poison" + number, "person" + number, type, properties));
  }

  private static Row row(String id, String person, String type, Map<String, Object> properties) {
    return Row.draft(id, person, List.of(), type, Load.START, "api", Map.of(), properties);
  }
}
