package soloist.bench.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What a store holds at the end of a run, said so that two runs of the same load can be compared:
 * by person, without ids and times that differ from run to run.
 *
 * @param people lines about each person by e-mail, sorted; of who was several, as the one that they
 *     are
 * @param orders how many each person has, by e-mail
 * @param partitions how many partitions have people
 * @param events ids of all journalled events
 * @param messages the outbox by id
 * @param gaps partitions whose positions are not dense
 * @param contradictions people of whom outbox, decisions and profile tell different stories, and
 *     rows that could not be judged
 */
record Snapshot(
    Map<String, List<String>> people,
    Map<String, Long> orders,
    long partitions,
    Set<String> events,
    Map<String, Message> messages,
    List<String> gaps,
    List<String> contradictions) {

  /** One row of the outbox. */
  record Message(String email, String state) {}

  /**
   * Reads it.
   *
   * @param doubtful messages whose state {@code uncertain} counts as sent in the comparison
   */
  static Snapshot of(Store store, Set<String> doubtful) {
    Map<String, Document> profiles = byId(store.profiles().find());
    Map<String, List<Document>> decisions = byPerson(store.decisions().find(), profiles);
    Map<String, List<Document>> outbox = byPerson(store.outbox().find(), profiles);
    List<Document> rows = store.events().find().into(new ArrayList<>());
    Map<String, List<Document>> told = byPerson(rows, profiles);
    told.remove("");
    Map<String, List<Document>> names = byPerson(store.identifiers().find(), profiles);
    Set<String> ids = new TreeSet<>(told.keySet());
    profiles.keySet().forEach(id -> ids.add(root(id, profiles)));
    ids.addAll(decisions.keySet());
    ids.addAll(outbox.keySet());
    int steps =
        decisions.values().stream()
            .flatMap(List::stream)
            .mapToInt(decision -> decision.getInteger("order"))
            .max()
            .orElse(0);
    Map<String, List<String>> people = new TreeMap<>();
    Map<String, Long> orders = new HashMap<>();
    Map<String, Message> messages = new HashMap<>();
    List<String> contradictions = new ArrayList<>();
    for (String id : ids) {
      Document profile = profiles.getOrDefault(id, new Document());
      List<Document> reasons = decisions.getOrDefault(id, List.of());
      List<Document> sent = outbox.getOrDefault(id, List.of());
      String email = email(profile);
      List<String> lines = people.computeIfAbsent(email, _ -> new ArrayList<>());
      lines.addAll(Portrait.lines(profile));
      lines.add(Portrait.events(profile, told.getOrDefault(id, List.of())));
      names.getOrDefault(id, List.of()).forEach(name -> lines.add("known by " + name.get("_id")));
      orders.merge(email, Portrait.orders(profile), Long::sum);
      reasons.forEach(decision -> lines.add(Portrait.decision(decision)));
      sent.forEach(row -> lines.add(Portrait.message(row, doubtful)));
      sent.forEach(
          row -> messages.put(row.getString("_id"), new Message(email, row.getString("state"))));
      Story.contradictions(profile, reasons, sent, steps)
          .forEach(contradiction -> contradictions.add(email + ": " + contradiction));
    }
    people.values().forEach(lines -> lines.sort(null));
    store
        .dead()
        .find()
        .forEach(row -> contradictions.add("dead: " + row.get("_id") + ": " + row.get("cause")));
    return new Snapshot(
        people,
        orders,
        profiles.values().stream().map(profile -> profile.get("partition")).distinct().count(),
        new TreeSet<>(byId(rows).keySet()),
        messages,
        gaps(rows, byId(store.cursors().find())),
        contradictions);
  }

  /** The first e-mail of a profile, empty when there is none. */
  static String email(Document profile) {
    List<String> emails = Values.document(profile, "identifiers").getList("email", String.class);
    return emails == null || emails.isEmpty() ? "" : emails.getFirst();
  }

  /** Positions that are not 1, 2, 3 … up to the cursor. */
  private static List<String> gaps(List<Document> rows, Map<String, Document> cursors) {
    Map<String, TreeSet<Long>> positions = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Document row : rows) {
      String sequence = row.get("partition") + " " + row.get("source");
      positions.computeIfAbsent(sequence, _ -> new TreeSet<>()).add(row.getLong("position"));
      counts.merge(sequence, 1, Integer::sum);
    }
    List<String> gaps = new ArrayList<>();
    positions.forEach(
        (sequence, numbers) -> {
          String[] words = sequence.split(" ", -1);
          int count = counts.getOrDefault(sequence, 0);
          Long judged = cursors.getOrDefault(words[0], new Document()).getLong(words[1]);
          boolean dense =
              numbers.size() == count && numbers.first() == 1 && numbers.last() == count;
          if (!dense || judged == null || judged != count) {
            gaps.add(sequence + ": " + count + " rows, " + numbers + ", judged up to " + judged);
          }
        });
    return gaps;
  }

  private static Map<String, Document> byId(Iterable<Document> documents) {
    Map<String, Document> byId = new HashMap<>();
    documents.forEach(document -> byId.put(String.valueOf(document.get("_id")), document));
    return byId;
  }

  private static Map<String, List<Document>> byPerson(
      Iterable<Document> documents, Map<String, Document> profiles) {
    Map<String, List<Document>> byPerson = new HashMap<>();
    documents.forEach(
        document ->
            byPerson
                .computeIfAbsent(
                    root(document.getString("profileId"), profiles), _ -> new ArrayList<>())
                .add(document));
    return byPerson;
  }

  /** Who somebody is by now. */
  private static String root(String id, Map<String, Document> profiles) {
    Document profile = profiles.get(id);
    String into = profile == null ? null : profile.getString("into");
    return into == null ? id : root(into, profiles);
  }
}
