package soloist.profile;

import static soloist.store.Values.date;
import static soloist.store.Values.instantOrNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.bson.Document;
import soloist.lane.Part;
import soloist.store.Values;

/** Profiles as the store keeps them. */
public final class ProfileDocuments {
  /** What is counted of each person; absent where nothing is known. */
  public static final String HABITS = "habits";

  /**
   * Counts what a profile is made of: raised when folding the same rows gives more than it did, so
   * that profiles of an earlier server are folded anew at the first start.
   */
  public static final int SHAPE = 5;

  private ProfileDocuments() {}

  /** The document with {@code rev} one above the one it was read from. */
  public static Document write(Profile profile) {
    Document identifiers = new Document();
    profile.identifiers.forEach((kind, values) -> identifiers.append(kind, List.copyOf(values)));
    Document windows = new Document();
    profile.windows.forEach(
        (key, window) ->
            windows.append(
                key,
                new Document("most", window.most())
                    .append("latest", window.latest().stream().map(Date::from).toList())));
    Document entered = new Document();
    profile.entered.forEach((campaign, instant) -> entered.append(campaign, Date.from(instant)));
    Document document =
        new Document("_id", profile.id)
            .append("partition", profile.partition())
            .append("rev", profile.rev + 1)
            .append(
                "applied",
                new Document("live", profile.appliedLive).append("bulk", profile.appliedBulk))
            .append("firstSeen", date(profile.firstSeen))
            .append("lastSeen", date(profile.lastSeen))
            .append("dueAt", date(profile.dueAt))
            .append("judgedAt", date(profile.judgedAt))
            .append("identifiers", identifiers)
            .append("named", map(profile.named, Naming::toDocument))
            .append("traits", map(profile.traits, Trait::toDocument))
            .append("gone", map(profile.gone, Gone::toDocument))
            .append("consents", map(profile.consents, Consent::toDocument))
            .append("memberships", map(profile.memberships, Membership::toDocument))
            .append("journeys", profile.journeys.stream().map(Journey::toDocument).toList())
            .append("entered", entered)
            .append("windows", windows)
            .append("asked", new Document(new TreeMap<>(profile.asked)));
    if (!profile.habits.isEmpty()) {
      document.append(HABITS, profile.habits.toDocument());
    }
    Findable.append(document, profile);
    // Few people have any of these: everybody else's document is spared the fields.
    if (!profile.undone.isEmpty()) {
      document.append("undone", List.copyOf(profile.undone));
    }
    if (profile.into != null) {
      document.append("into", profile.into).append("keeps", profile.keeps);
    }
    if (!profile.parts.isEmpty()) {
      document.append("parts", profile.parts.values().stream().map(Part::toDocument).toList());
    }
    return document;
  }

  public static Profile read(Document document) {
    Profile profile = new Profile(document.getString("_id"));
    profile.rev = document.getLong("rev");
    profile.appliedLive = Values.document(document, "applied").getLong("live");
    profile.appliedBulk = Values.document(document, "applied").getLong("bulk");
    profile.firstSeen = instantOrNull(document, "firstSeen");
    profile.lastSeen = instantOrNull(document, "lastSeen");
    profile.dueAt = instantOrNull(document, "dueAt");
    profile.judgedAt = Values.instant(document, "judgedAt");
    Values.document(document, "identifiers")
        .forEach(
            (kind, values) -> {
              var all = new TreeSet<String>();
              ((List<?>) values).forEach(value -> all.add((String) value));
              profile.identifiers.put(kind, all);
            });
    each(document, "named", Naming::of, profile.named);
    each(document, "traits", Trait::of, profile.traits);
    each(document, "gone", Gone::of, profile.gone);
    each(document, "consents", Consent::of, profile.consents);
    each(document, "memberships", Membership::of, profile.memberships);
    Values.documents(document, "journeys")
        .forEach(journey -> profile.journeys.add(Journey.of(journey)));
    Values.document(document, "entered")
        .forEach(
            (campaign, instant) -> profile.entered.put(campaign, ((Date) instant).toInstant()));
    each(document, "windows", ProfileDocuments::window, profile.windows);
    Values.document(document, "asked")
        .forEach((segment, version) -> profile.asked.put(segment, (Integer) version));
    profile.habits = Habits.of(Values.document(document, HABITS));
    profile.undone.addAll(document.getList("undone", String.class, List.of()));
    profile.into = document.getString("into");
    profile.keeps = document.getBoolean("keeps", false);
    Values.documents(document, "parts").stream()
        .map(Part::of)
        .forEach(part -> profile.parts.put(part.profileId(), part));
    return profile;
  }

  private static Window window(Document document) {
    List<Instant> latest = new ArrayList<>();
    document.getList("latest", Date.class).forEach(instant -> latest.add(instant.toInstant()));
    return new Window(document.getInteger("most"), latest);
  }

  private static <T> Document map(Map<String, T> values, Function<T, Document> write) {
    Document document = new Document();
    values.forEach((key, value) -> document.append(key, write.apply(value)));
    return document;
  }

  private static <T> void each(
      Document document, String key, Function<Document, T> read, Map<String, T> into) {
    Values.document(document, key)
        .forEach((name, value) -> into.put(name, read.apply((Document) value)));
  }
}
