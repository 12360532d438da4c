package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.store.TestStore;
import soloist.store.Values;

/**
 * When a wait of three days ends and a window of thirty days closes: whole days of 24 hours,
 * wherever the clocks are set in between, and once, whatever the machine's clock does. What is
 * expected was worked out by hand from the rules of each zone.
 */
class TimeTableTest {
  private static final String NEVER = "2024-12-01T00:00:00Z";

  /**
   * One order and what follows.
   *
   * @param reminded when the wait that begins with it ends
   * @param left when it is a month old
   */
  private record Line(String zone, String ordered, String reminded, String left) {}

  /** In the order of time, each a month or more after the one before. */
  private static final List<Line> TABLE =
      List.of(
          // The clocks are set an hour ahead on 30 March.
          new Line(
              "Europe/Berlin",
              "2025-03-28T12:00:00+01:00",
              "2025-03-31T13:00:00+02:00",
              "2025-04-27T13:00:00+02:00"),
          new Line(
              "Asia/Shanghai",
              "2025-06-01T23:30:00+08:00",
              "2025-06-04T23:30:00+08:00",
              "2025-07-01T23:30:00+08:00"),
          // No summer time since 2019.
          new Line(
              "America/Sao_Paulo",
              "2025-07-15T00:00:00-03:00",
              "2025-07-18T00:00:00-03:00",
              "2025-08-14T00:00:00-03:00"),
          // No summer time since 2021.
          new Line(
              "Pacific/Apia",
              "2025-08-20T06:00:00+13:00",
              "2025-08-23T06:00:00+13:00",
              "2025-09-19T06:00:00+13:00"),
          // Half an hour ahead on 5 October.
          new Line(
              "Australia/Lord_Howe",
              "2025-10-03T12:00:00+10:30",
              "2025-10-06T12:30:00+11:00",
              "2025-11-02T12:30:00+11:00"),
          // An hour ahead on 8 March.
          new Line(
              "America/New_York",
              "2026-03-06T12:00:00-05:00",
              "2026-03-09T13:00:00-04:00",
              "2026-04-05T13:00:00-04:00"),
          // The first of two half past two in one night.
          new Line(
              "Europe/Berlin",
              "2026-10-25T02:30:00+02:00",
              "2026-10-28T01:30:00+01:00",
              "2026-11-24T01:30:00+01:00"),
          // A February of 28 days.
          new Line("UTC", "2027-02-26T12:00:00Z", "2027-03-01T12:00:00Z", "2027-03-28T12:00:00Z"),
          // Half an hour back on 4 April.
          new Line(
              "Australia/Lord_Howe",
              "2027-04-02T12:00:00+11:00",
              "2027-04-05T11:30:00+10:30",
              "2027-05-02T11:30:00+10:30"),
          // The second of two half past one.
          new Line(
              "America/New_York",
              "2027-11-07T01:30:00-05:00",
              "2027-11-10T01:30:00-05:00",
              "2027-12-07T01:30:00-05:00"),
          // A leap day.
          new Line("UTC", "2028-02-27T12:00:00Z", "2028-03-01T12:00:00Z", "2028-03-28T12:00:00Z"),
          new Line(
              "Pacific/Apia",
              "2028-12-30T23:59:59+13:00",
              "2029-01-02T23:59:59+13:00",
              "2029-01-29T23:59:59+13:00"),
          // The last second before an hour that is not there.
          new Line(
              "Europe/Berlin",
              "2030-03-31T01:59:59+01:00",
              "2030-04-03T02:59:59+02:00",
              "2030-04-30T02:59:59+02:00"));

  private final TestStore server = new TestStore();
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(server, "time", Instant.parse(NEVER));
    SampleDefinitions.save(rig.definitions);
    List<Row> rows = new ArrayList<>();
    for (String definition : SampleDefinitions.of(1)) {
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        String[] words = definition.split(":", 2);
        rows.add(
            Row.control(
                "publish:" + definition + ":" + partition,
                partition,
                rig.clock.instant(),
                Map.of("kind", words[0], "id", words[1], "version", 1L)));
      }
    }
    rig.append(rows);
    rig.pull();
  }

  @AfterEach
  void close() {
    rig.close();
    server.close();
  }

  @Test
  void waitsAndWindowsEndAfterWholeDaysOfTwentyFourHoursInEveryZone() {
    for (int number = 0; number < TABLE.size(); number++) {
      Line line = TABLE.get(number);
      String person = "person" + number;
      Instant reminded = instant(line.zone(), line.reminded());
      Instant left = instant(line.zone(), line.left());
      rig.clock.set(instant(line.zone(), line.ordered()));

      order(person);

      assertEquals(List.of("thanks"), sent(person), line.toString());
      assertEquals(reminded, due(person), line.toString());
      at(reminded.minusMillis(1));
      assertEquals(List.of("thanks"), sent(person), line.toString());
      at(reminded);
      assertEquals(List.of("thanks", "reminder"), sent(person), line.toString());
      assertEquals(left, due(person), line.toString());
      at(left.minusMillis(1));
      assertTrue(isRecent(person), line.toString());
      at(left);
      assertFalse(isRecent(person), line.toString());
      assertEquals(List.of("thanks", "reminder", "letter"), sent(person), line.toString());
    }
  }

  @Test
  void aClockThatIsSetBackOrStandsStillFiresNothingTwice() {
    Instant ordered = Instant.parse("2026-01-10T12:00:00Z");
    Instant due = Instant.parse("2026-01-13T12:00:00Z");
    rig.clock.set(ordered);
    order("ada");
    at(due);
    assertEquals(List.of("thanks", "reminder"), sent("ada"));

    at(due.minus(Duration.ofHours(2)));
    visit("after two hours back");
    for (int second = 1; second <= 30; second++) {
      at(due.minus(Duration.ofHours(2)).minusSeconds(second));
    }
    for (int times = 0; times < 30; times++) {
      rig.pull();
    }
    at(due);
    at(due.plus(Duration.ofHours(2)));

    assertEquals(List.of("thanks", "reminder"), sent("ada"));
  }

  @Test
  void aClockSetAheadAndBackAgainFiresEverythingOnceAndNobodyIsJudgedTwice() {
    Instant ordered = Instant.parse("2026-01-10T12:00:00Z");
    rig.clock.set(ordered);
    order("ada");

    at(Instant.parse("2036-01-10T12:00:00Z"));
    assertEquals(List.of("thanks", "reminder", "letter"), sent("ada"));
    at(ordered.plus(Duration.ofHours(1)));
    visit("when it is right again");
    at(Instant.parse("2026-02-20T12:00:00Z"));

    assertEquals(List.of("thanks", "reminder", "letter"), sent("ada"));
  }

  /** What is written stands for one instant, and its offset is that of the zone then. */
  private static Instant instant(String zone, String written) {
    OffsetDateTime time = OffsetDateTime.parse(written);
    assertEquals(ZoneId.of(zone).getRules().getOffset(time.toInstant()), time.getOffset(), written);
    return time.toInstant();
  }

  private void at(Instant instant) {
    rig.clock.set(instant);
    rig.pull();
  }

  private void order(String person) {
    tell("order of " + person, person, "order");
  }

  private void visit(String id) {
    tell(id, "ada", "page_view");
  }

  private void tell(String id, String person, String type) {
    rig.append(
        List.of(
            Row.draft(
                id, person, List.of(), type, rig.clock.instant(), "api", Map.of(), Map.of())));
    rig.pull();
  }

  private List<String> sent(String person) {
    List<Document> found =
        rig.store
            .outbox()
            .find(Filters.eq("profileId", person))
            .sort(new Document("queuedAt", 1))
            .into(new ArrayList<>());
    return found.stream().map(row -> row.getString("step")).toList();
  }

  private Instant due(String person) {
    return Values.instant(profile(person), "dueAt");
  }

  private boolean isRecent(String person) {
    return Values.document(profile(person), "memberships").containsKey("recent-buyers");
  }

  private Document profile(String person) {
    return rig.store.profiles().find(Filters.eq("_id", person)).first();
  }
}
