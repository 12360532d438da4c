package soloist.lane;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.store.Values;

/**
 * Notes on each profile which rows and dues it met, in which order and by which versions. A row's
 * properties say what else happens: {@code poison} throws, {@code due} sets when the profile is
 * due, {@code poisonDue} makes that due throw, {@code bytes} makes its message so large, {@code
 * enters} has the person come into a segment, {@code becomes} has the person's identifier lead to
 * somebody else, who gets a row.
 */
final class NotingWork implements Work {
  final Map<String, Integer> tries = new HashMap<>();
  int largestBatch;

  @Override
  public Judged judge(
      Map<String, Integer> versions,
      List<Row> rows,
      Known known,
      List<String> due,
      Instant dueUntil) {
    List<Document> outbox = new ArrayList<>();
    List<Document> decisions = new ArrayList<>();
    Map<String, Document> changed = new LinkedHashMap<>();
    List<Handover> handovers = new ArrayList<>();
    List<Row> follow = new ArrayList<>();
    List<Crossing> crossings = new ArrayList<>();
    for (Row row : rows) {
      Document profile =
          changed.computeIfAbsent(row.profileId(), id -> copy(known.profiles().get(id), id, row));
      String applied = "applied " + row.source();
      if (row.position() <= profile.get(applied, 0L)) {
        continue;
      }
      profile.append(applied, row.position());
      fire(profile, row.at());
      note(profile, row.id() + versions);
      tries.merge(row.id(), 1, Integer::sum);
      if (row.properties().containsKey("poison")) {
        throw new IllegalStateException("poison in " + row.id());
      }
      if (row.properties().get("due") instanceof Instant instant) {
        profile.append("dueAt", Date.from(instant));
        profile.append("poisonDue", Boolean.TRUE.equals(row.properties().get("poisonDue")));
      }
      if (row.properties().get("becomes") instanceof String other) {
        handovers.add(Handover.of(List.of("userId:" + row.profileId()), row.profileId(), other));
        follow.add(
            Row.draft(
                "after " + row.id(),
                other,
                List.of(),
                "visit",
                row.time(),
                row.origin(),
                Map.of(),
                Map.of()));
      }
      if (row.properties().get("enters") instanceof String segment) {
        LocalDate day = LocalDate.ofInstant(row.at(), ZoneOffset.UTC);
        crossings.add(new Crossing(row.profileId(), segment, day, true));
      }
      int bytes = row.properties().get("bytes") instanceof Long size ? size.intValue() : 1;
      outbox.add(
          new Document("_id", "message of " + row.id())
              .append("profileId", row.profileId())
              .append("text", "x".repeat(bytes)));
      decisions.add(
          new Document("_id", "decision of " + row.id()).append("profileId", row.profileId()));
    }
    for (String id : due) {
      Document profile = changed.computeIfAbsent(id, _ -> copy(known.profiles().get(id), id, null));
      fire(profile, dueUntil);
    }
    largestBatch = Math.max(largestBatch, rows.size());
    Instant next =
        changed.values().stream()
            .map(profile -> Values.instantOrNull(profile, "dueAt"))
            .filter(java.util.Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    return new Judged(
        outbox, decisions, List.copyOf(changed.values()), next, handovers, follow, crossings);
  }

  private static Document copy(Document stored, String id, Row row) {
    return stored == null
        ? new Document("_id", id)
            .append("partition", row.partition())
            .append("rev", 1L)
            .append("dueAt", null)
            .append("notes", List.of())
        : new Document(stored).append("rev", stored.getLong("rev") + 1);
  }

  private static void fire(Document profile, Instant until) {
    Instant due = Values.instantOrNull(profile, "dueAt");
    if (due != null && !due.isAfter(until)) {
      if (profile.getBoolean("poisonDue", false)) {
        throw new IllegalStateException("poison in a due");
      }
      note(profile, "due " + due);
      profile.append("dueAt", null);
    }
  }

  private static void note(Document profile, String note) {
    List<String> notes = new ArrayList<>(profile.getList("notes", String.class));
    notes.add(note);
    profile.append("notes", notes);
  }
}
