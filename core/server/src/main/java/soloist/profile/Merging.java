package soloist.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import soloist.lane.Handover;
import soloist.lane.Part;
import soloist.lane.Row;
import soloist.store.Values;

/**
 * What rows about who is whom do to profiles. The larger id becomes the smaller one in steps, each
 * a row in the partition of the profile that it changes: {@code linked} empties and freezes the
 * one, {@code absorbed} takes its rows into the other, and a row that still meets the frozen one is
 * {@code moved}. {@code unlinked} and {@code parted} undo that.
 */
public final class Merging {
  /** Stands between the id of a row and of the person for whom it was journalled again. */
  private static final String FOR = " @";

  private static final String INTO = "into";
  private static final String PROFILE = "profile";
  private static final String PROFILES = "profiles";

  /** What may have been journalled again; the id of anything else is its sender's. */
  private static final Set<String> PASSED_ON =
      Set.of(Row.MOVED, Row.ABSORBED, Row.PARTED, Row.REFOLD);

  /** Whether who was in a campaign at one instant would not have been let in at another. */
  public interface Campaigns {
    boolean keepsOut(Journey journey, Instant entered);
  }

  private final Campaigns campaigns;
  private final List<Row> rows = new ArrayList<>();
  private final List<Handover> handovers = new ArrayList<>();

  public Merging(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  /** What follows for other profiles, in its order. */
  public List<Row> rows() {
    return rows;
  }

  public List<Handover> handovers() {
    return handovers;
  }

  /** Takes a row that is not folded into its profile; false when it is to be folded. */
  public boolean takes(Profile profile, Row row) {
    String into = profile.into;
    if (into != null && !row.type().equals(Row.UNLINKED)) {
      profile.applied(row);
      passOn(profile, row, into);
      return true;
    }
    if (row.type().equals(Row.LINKED)) {
      profile.applied(row);
      link(profile.id, text(row, INTO)).ifPresent(it -> freeze(profile, row, it));
      return true;
    }
    linkOthers(profile, row);
    return false;
  }

  /** Whom the row names as well is this profile's, whoever that is: so it stays when they part. */
  private void linkOthers(Profile profile, Row row) {
    row.otherIds().stream()
        .filter(other -> !profile.parts.containsKey(other))
        .forEach(other -> link(profile.id, other).ifPresent(it -> rows.add(linked(row, it))));
  }

  /** Who becomes whom when two are one: the smaller id stays. */
  private record Link(String from, String into) {}

  private static Optional<Link> link(String one, String other) {
    int order = one.compareTo(other);
    return order == 0
        ? Optional.empty()
        : Optional.of(order < 0 ? new Link(other, one) : new Link(one, other));
  }

  private static Row linked(Row cause, Link link) {
    return draft(
        Row.LINKED, link.from(), cause, Map.of(INTO, link.into(), "because", originalId(cause)));
  }

  /** A row that comes of another. The same cause gives the same row. */
  private static Row draft(String type, String profile, Row cause, Map<String, Object> properties) {
    return Row.draft(
        type.substring("profile.".length()) + ":" + Values.hash(cause.id(), profile),
        profile,
        List.of(),
        type,
        cause.time(),
        cause.origin(),
        Map.of(),
        properties);
  }

  private void freeze(Profile profile, Row row, Link link) {
    if (!link.from().equals(profile.id)) {
      // The other way round: it is the other who becomes this one.
      rows.add(linked(row, link));
      return;
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(PROFILE, profile.id);
    facts.put("live", profile.appliedLive);
    facts.put("bulk", profile.appliedBulk);
    facts.put("because", row.properties().getOrDefault("because", row.id()));
    facts.put("parts", plain(profile.parts.values().stream().map(Part::toDocument).toList()));
    facts.put("undone", List.copyOf(profile.undone));
    facts.put("journeys", plain(profile.journeys.stream().map(Journey::toDocument).toList()));
    List<Map<String, Object>> entered = new ArrayList<>();
    profile.entered.forEach((key, at) -> entered.add(Map.of("campaign", key, "at", at)));
    facts.put("entered", entered);
    rows.add(draft(Row.ABSORBED, link.into(), row, facts));
    List<String> keys = profile.keys();
    profile.freeze(link.into());
    handOver(profile, keys, link.into());
  }

  /** Of a profile that is another person's. */
  private void passOn(Profile profile, Row row, String into) {
    switch (row.type()) {
      case Row.LINKED -> link(into, text(row, INTO)).ifPresent(link -> rows.add(linked(row, link)));
      case Row.ABSORBED, Row.PARTED -> {
        parts(profile.parts, row);
        profile.undone.addAll(undone(row));
        rows.add(again(row, into, row.type(), row.properties()));
      }
      case Row.REFOLD -> {
        Optional<String> undone = ProfileFold.undone(row);
        undone.ifPresent(profile.undone::add);
        if (undone.isPresent() || row.properties().containsKey(Row.DUE_AGAIN)) {
          rows.add(again(row, into, row.type(), row.properties()));
        }
      }
      default -> {
        List<String> keys = new ArrayList<>();
        row.identifiers().forEach((kind, value) -> keys.add(kind + ":" + value));
        handOver(profile, keys, into);
        linkOthers(profile, row);
        rows.add(again(row, into, Row.MOVED, moved(profile.id, row)));
      }
    }
  }

  /**
   * What comes of a browser comes often, so it takes the short way. Under an account or an address
   * the profile keeps its rows, of which each is moved: all of them can be given back.
   */
  private void handOver(Profile profile, List<String> keys, String into) {
    if (!profile.keeps) {
      handovers.add(Handover.of(keys, profile.id, into));
    }
  }

  private static Row again(Row row, String into, String type, Map<String, Object> properties) {
    Row draft =
        Row.draft(
            originalId(row) + FOR + into,
            into,
            List.of(),
            type,
            row.time(),
            row.origin(),
            row.identifiers(),
            properties);
    return row.source() == Row.Source.BULK ? draft.inBulk() : draft;
  }

  private static Map<String, Object> moved(String from, Row row) {
    boolean isMoved = row.type().equals(Row.MOVED);
    List<String> via = new ArrayList<>(isMoved ? texts(row, "via") : List.of());
    via.add(from);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("type", isMoved ? text(row, "type") : row.type());
    properties.put("via", via);
    properties.put(
        "properties",
        isMoved ? row.properties().getOrDefault("properties", Map.of()) : row.properties());
    return properties;
  }

  /** The row that was journalled again; any other row as it is. */
  @SuppressWarnings("unchecked")
  public static Row original(Row row) {
    return row.type().equals(Row.MOVED)
        ? row.as(
            originalId(row),
            text(row, "type"),
            (Map<String, Object>) row.properties().getOrDefault("properties", Map.of()))
        : row;
  }

  private static String originalId(Row row) {
    int end = PASSED_ON.contains(row.type()) ? row.id().lastIndexOf(FOR) : -1;
    return end < 0 ? row.id() : row.id().substring(0, end);
  }

  /** Whether a row that was journalled again is of people who are this person still. */
  static boolean counts(Row row, Map<String, Part> parts) {
    return !row.type().equals(Row.MOVED) || parts.keySet().containsAll(texts(row, "via"));
  }

  /** Who else a person is after a row. */
  static void parts(Map<String, Part> parts, Row row) {
    if (row.type().equals(Row.ABSORBED)) {
      Part part =
          new Part(text(row, PROFILE), number(row, "live"), number(row, "bulk"), row.time());
      parts.put(part.profileId(), part);
      documents(row, "parts").map(Part::of).forEach(each -> parts.put(each.profileId(), each));
    } else if (row.type().equals(Row.PARTED)) {
      texts(row, PROFILES).forEach(parts::remove);
    }
  }

  /** Whose word does not count any more, as far as a row says so. */
  static List<String> undone(Row row) {
    return switch (row.type()) {
      case Row.REFOLD -> ProfileFold.undone(row).stream().toList();
      case Row.ABSORBED -> texts(row, "undone");
      default -> List.of();
    };
  }

  /**
   * Puts somebody who was folded anew in the place of a profile, with what a person takes over or
   * lets go of beside the rows.
   */
  public void foldAnew(Profile profile, Row row, Profile refolded) {
    parts(profile.parts, row);
    profile.undone.addAll(undone(row));
    profile.takeOver(refolded);
    if (row.type().equals(Row.ABSORBED)) {
      documents(row, "journeys").map(Journey::of).forEach(journey -> takeIn(profile, journey));
      documents(row, "entered")
          .forEach(
              each ->
                  profile.entered.merge(
                      each.getString("campaign"),
                      Values.instant(each, "at"),
                      (one, other) -> one.isAfter(other) ? one : other));
    } else if (row.type().equals(Row.UNLINKED)) {
      unlink(profile, row);
    }
  }

  /** A person is in a campaign once: of two who were, who is further goes on. */
  private void takeIn(Profile profile, Journey journey) {
    Instant entered = profile.entered.get(journey.campaign());
    if (entered == null || !campaigns.keepsOut(journey, entered)) {
      if (!profile.isBusy()) {
        profile.journeys.add(journey);
      }
      return;
    }
    Optional<Journey> own =
        profile.journeys.stream()
            .filter(each -> each.campaign().equals(journey.campaign()))
            .findFirst();
    if (own.isPresent() && own.get().step() < journey.step()) {
      profile.journeys.remove(own.get());
      profile.journeys.add(journey);
    }
  }

  /** What led to the profile before it was another person's leads there again. */
  private void unlink(Profile profile, Row row) {
    String into = profile.into;
    if (into != null) {
      List<String> gone = new ArrayList<>(profile.parts.keySet());
      gone.add(profile.id);
      rows.add(draft(Row.PARTED, into, row, Map.of(PROFILES, gone)));
      handovers.add(Handover.back(profile.keys(), profile.id, profile.parts.keySet()));
      profile.into = null;
    }
  }

  private static String text(Row row, String key) {
    return String.valueOf(row.properties().get(key));
  }

  private static long number(Row row, String key) {
    return row.properties().get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static List<String> texts(Row row, String key) {
    return row.properties().get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Stream<Document> documents(Row row, String key) {
    return row.properties().get(key) instanceof List<?> list
        ? list.stream().map(each -> (Document) Objects.requireNonNull(Values.stored(each)))
        : Stream.empty();
  }

  private static Object plain(List<Document> documents) {
    return Objects.requireNonNull(Values.plain(documents));
  }
}
