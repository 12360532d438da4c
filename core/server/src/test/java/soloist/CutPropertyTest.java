package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import soloist.lane.Judged;
import soloist.lane.Left;
import soloist.lane.Row;
import soloist.lane.Work;
import soloist.store.Definitions;
import soloist.store.TestStore;

/** The same rows, cut into batches in any way, come to the same. */
class CutPropertyTest {
  private static final List<Integer> SIZES =
      Boolean.getBoolean("soloist.slow") ? List.of(1, 2, 7, 64, 512) : List.of(1);

  @Test
  void anyWayOfCuttingRowsIntoBatchesGivesTheSameResult() {
    Random random = Seed.random("cut");
    try (TestStore server = new TestStore()) {
      for (int round = 0; round < Seed.rounds(1, 20); round++) {
        Load load = Load.random(210, 32, 18, random);
        assertTrue(load.partitions().size() >= 32, "partitions " + load.partitions().size());

        Left whole = replay(512, null).run(load, server, "whole" + round);

        assertTrue(whole.count("outbox") > 50, "messages " + whole.count("outbox"));
        assertTrue(load.bulkRows() > 50, "bulk rows " + load.bulkRows());
        assertEquals(0, whole.count("dead"));
        assertTrue(whole.count("crossing") > 20, "crossings " + whole.count("crossing"));
        assertEquals(members(whole), crossed(whole), "who came and did not leave");
        assertTrue(load.refolds() > 5, "refolds " + load.refolds());
        for (int size : SIZES) {
          Left cut =
              replay(size, new Random(random.nextLong()))
                  .run(load, server, "cut" + round + "-" + size);
          assertEquals(Optional.empty(), whole.difference(cut), "batches of " + size);
        }
        Left behind = replay(2, null).run(load, server, "behind" + round);
        assertEquals(Optional.empty(), whole.difference(behind), "small batches after a delay");
        Left mixed =
            new Replay(
                    5,
                    () -> 1 + random.nextInt(40),
                    new Random(random.nextLong()),
                    Replay::pipeline)
                .run(load, server, "mixed" + round);
        assertEquals(Optional.empty(), whole.difference(mixed), "batches of all sizes");
      }
    }
  }

  private static Map<String, Long> members(Left left) {
    return left.all("profile").stream()
        .flatMap(profile -> profile.getList("segments", String.class).stream())
        .collect(Collectors.groupingBy(segment -> segment, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> crossed(Left left) {
    Map<String, Long> crossed = new TreeMap<>();
    for (Document each : left.all("crossing")) {
      long difference = each.getInteger("entered") - each.getInteger("left");
      crossed.merge(each.getString("segment"), difference, Long::sum);
    }
    crossed.values().removeIf(people -> people == 0);
    return crossed;
  }

  @Test
  void aWorkThatAsksTheWallClockIsFound() {
    assertFound(
        definitions ->
            changed(Replay.interpreted(definitions), (rows, row) -> at(row, Instant.now())));
  }

  @Test
  void aWorkThatTakesTheTimeOfTheBatchIsFound() {
    assertFound(
        definitions ->
            changed(Replay.interpreted(definitions), (rows, row) -> at(row, rows.getLast().at())));
  }

  @Test
  void aWorkWhoseIdsDependOnTheBatchIsFound() {
    assertFound(
        definitions -> {
          Work right = Replay.interpreted(definitions);
          return new Around(
              right,
              (versions, rows, known, due, dueUntil) -> {
                Judged judged = right.judge(versions, rows, known, due, dueUntil);
                UnaryOperator<Document> wrong =
                    message ->
                        new Document(message).append("_id", message.get("_id") + "#" + rows.size());
                return new Judged(
                    judged.outbox().stream().map(wrong).toList(),
                    judged.decisions(),
                    judged.profiles(),
                    judged.nextDue());
              });
        });
  }

  private static void assertFound(Function<Definitions, Work> wrong) {
    Random random = Seed.random("cut control");
    Load load = Load.random(12, 16, 8, random);
    try (TestStore server = new TestStore()) {
      Left whole = new Replay(2, () -> 512, null, wrong).run(load, server, "whole");
      Left cut =
          new Replay(2, () -> 1, new Random(random.nextLong()), wrong).run(load, server, "cut");

      assertNotEquals(Optional.empty(), whole.difference(cut));
    }
  }

  private static Replay replay(int size, Random between) {
    return new Replay(3, () -> size, between, size < 64 ? Replay::interpreted : Replay::pipeline);
  }

  private interface Change {
    Row change(List<Row> batch, Row row);
  }

  private static Work changed(Work work, Change change) {
    return new Around(
        work,
        (versions, rows, known, due, dueUntil) -> {
          List<Row> others = new ArrayList<>();
          rows.forEach(row -> others.add(change.change(rows, row)));
          return work.judge(versions, others, known, due, dueUntil);
        });
  }

  /** A work that judges in another way and folds anew in the same. */
  private record Around(Work right, Work other) implements Work {
    @Override
    public Judged judge(
        Map<String, Integer> versions,
        List<Row> rows,
        Known known,
        List<String> due,
        Instant dueUntil) {
      return other.judge(versions, rows, known, due, dueUntil);
    }

    @Override
    public Refolding refolding(Map<String, Integer> versions, Document stored, List<Row> rows) {
      return right.refolding(versions, stored, rows);
    }
  }

  private static Row at(Row row, Instant at) {
    return new Row(
        row.id(),
        row.partition(),
        row.source(),
        row.position(),
        row.profileId(),
        row.otherIds(),
        row.type(),
        row.time(),
        at,
        row.origin(),
        row.identifiers(),
        row.properties());
  }

  @Test
  void splitsOfTheSameRowsAreJudgedAlike() {
    Random random = Seed.random("split");
    try (TestStore server = new TestStore();
        var store = server.open("pure")) {
      Load load = Load.random(20, 40, 10, random);
      replay(512, null).run(load, store);
      Work work = Replay.interpreted(new Definitions(store));
      Map<String, Integer> versions = versions();
      List<Row> rows = new ArrayList<>();
      store
          .events()
          .find(new Document("partition", busiest(load)).append("source", "live"))
          .sort(new Document("position", 1))
          .forEach(row -> rows.add(Row.of(row)));
      rows.removeIf(Row::isControl);

      Left whole = Split.judge(work, versions, rows, load.end(), 0, random);

      for (int round = 0; round < Seed.rounds(50, 1_000); round++) {
        Left split = Split.judge(work, versions, rows, load.end(), 1 + round % 9, random);
        assertEquals(Optional.empty(), whole.difference(split));
      }
    }
  }

  private static Map<String, Integer> versions() {
    Map<String, Integer> versions = new java.util.TreeMap<>();
    SampleDefinitions.of(1).forEach(definition -> versions.put(definition, 1));
    return versions;
  }

  private static int busiest(Load load) {
    Map<Integer, Integer> counts = new java.util.TreeMap<>();
    load.ticks()
        .forEach(
            tick ->
                tick.rows().stream()
                    .filter(row -> !row.isControl())
                    .forEach(row -> counts.merge(row.partition(), 1, Integer::sum)));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }
}
