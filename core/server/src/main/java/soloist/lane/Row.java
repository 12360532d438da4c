package soloist.lane;

import static soloist.store.Values.instant;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import soloist.store.Values;

/**
 * One row of the journal: everything that changes a person is one.
 *
 * @param id the event's id, unique for good
 * @param partition {@link Partitions#of} the profile
 * @param source the sequence it is numbered in
 * @param position counts from 1 without gaps within partition and source
 * @param profileId whose row it is; empty for a control row, which concerns the partition
 * @param otherIds profiles that the identifiers belong to as well: the same person, who becomes one
 *     when the row is judged
 * @param type what happened, such as {@code order}
 * @param time when it happened, never after {@code at}
 * @param at when it was journalled; within a partition never earlier than the row before
 * @param origin who told: {@code api}, {@code tracking}, {@code system}
 * @param identifiers by kind, normalised
 * @param properties in the types of the JDK: String, Boolean, Long, BigDecimal, Instant, Map, List
 */
public record Row(
    String id,
    int partition,
    Source source,
    long position,
    String profileId,
    List<String> otherIds,
    String type,
    Instant time,
    Instant at,
    String origin,
    Map<String, String> identifiers,
    Map<String, Object> properties) {

  /**
   * Live rows go before bulk rows and are numbered apart, so that an import never holds up a click.
   */
  public enum Source {
    LIVE,
    BULK;

    public String key() {
      return this == LIVE ? "live" : "bulk";
    }
  }

  /** The type of a control row that publishes a version of a definition in this partition. */
  public static final String PUBLISHED = "definition.published";

  /** The type of a row that has its person folded anew from all rows before it. */
  public static final String REFOLD = "profile.refold";

  /** The type of a row from which on its profile is another person's. Properties: {@code into}. */
  public static final String LINKED = "profile.linked";

  /** The type of a row by which a person takes somebody in whose profile is theirs. */
  public static final String ABSORBED = "profile.absorbed";

  /** The type of a row that undoes that: its profile is a person again. */
  public static final String UNLINKED = "profile.unlinked";

  /** The type of a row by which a person lets go of those who are somebody else again. */
  public static final String PARTED = "profile.parted";

  /** The type of a row that met a profile that is another person's, journalled again for them. */
  public static final String MOVED = "profile.moved";

  private static final Set<String> FOLDING_ANEW = Set.of(REFOLD, ABSORBED, UNLINKED, PARTED);

  /** The property of a refold row whose person is to be due again for what is overdue. */
  public static final String DUE_AGAIN = "dueAgain";

  public Row {
    // As the store keeps it: else two rows have one order here and another when they are read.
    time = time.truncatedTo(ChronoUnit.MILLIS);
    otherIds = List.copyOf(otherIds);
    identifiers = Map.copyOf(identifiers);
  }

  /** A live row of a person that is not journalled yet; the journal gives position and time. */
  public static Row draft(
      String id,
      String profileId,
      List<String> otherIds,
      String type,
      Instant time,
      String origin,
      Map<String, String> identifiers,
      Map<String, Object> properties) {
    return new Row(
        id,
        Partitions.of(profileId),
        Source.LIVE,
        0,
        profileId,
        otherIds,
        type,
        time,
        Instant.EPOCH,
        origin,
        identifiers,
        properties);
  }

  /** The same draft under another id, as something else. */
  public Row as(String newId, String newType, Map<String, Object> newProperties) {
    return new Row(
        newId,
        partition,
        source,
        position,
        profileId,
        otherIds,
        newType,
        time,
        at,
        origin,
        identifiers,
        newProperties);
  }

  /** The same draft, to be judged silently and behind all live rows. */
  public Row inBulk() {
    return new Row(
        id,
        partition,
        Source.BULK,
        position,
        profileId,
        otherIds,
        type,
        time,
        at,
        origin,
        identifiers,
        properties);
  }

  /** A control row for one partition that is not journalled yet. */
  public static Row control(
      String id, int partition, Instant time, Map<String, Object> properties) {
    return new Row(
        id,
        partition,
        Source.LIVE,
        0,
        "",
        List.of(),
        PUBLISHED,
        time,
        Instant.EPOCH,
        "system",
        Map.of(),
        properties);
  }

  /** A bulk row that has a person folded anew; it is not journalled yet. */
  public static Row refold(
      String id, String profileId, Instant time, Map<String, Object> properties) {
    return draft(id, profileId, List.of(), REFOLD, time, "system", Map.of(), properties).inBulk();
  }

  public boolean isControl() {
    return profileId.isEmpty();
  }

  public boolean isRefold() {
    return type.equals(REFOLD);
  }

  /** Whether its person is to be folded anew from all rows. */
  public boolean foldsAnew() {
    return FOLDING_ANEW.contains(type);
  }

  /** The draft as it is journalled at this position and time; nothing happens later than that. */
  public Row placed(long newPosition, Instant journalled) {
    Instant happened = time.isAfter(journalled) ? journalled : time;
    return new Row(
        id,
        partition,
        source,
        newPosition,
        profileId,
        otherIds,
        type,
        happened,
        journalled,
        origin,
        identifiers,
        properties);
  }

  /** As the store's codec writes it, which knows the types of the JDK: nothing is copied. */
  public Document toDocument() {
    return new Document("_id", id)
        .append("partition", partition)
        .append("source", source.key())
        .append("position", position)
        .append("profileId", profileId)
        .append("otherIds", otherIds)
        .append("type", type)
        .append("time", Date.from(time))
        .append("at", Date.from(at))
        .append("origin", origin)
        .append("identifiers", identifiers)
        .append("properties", properties);
  }

  @SuppressWarnings("unchecked")
  public static Row of(Document document) {
    Map<String, String> identifiers = new LinkedHashMap<>();
    Values.document(document, "identifiers")
        .forEach((kind, value) -> identifiers.put(kind, (String) value));
    Object properties = Values.plain(Values.document(document, "properties"));
    return new Row(
        document.getString("_id"),
        document.getInteger("partition"),
        document.getString("source").equals("live") ? Source.LIVE : Source.BULK,
        document.getLong("position"),
        document.getString("profileId"),
        document.getList("otherIds", String.class),
        document.getString("type"),
        instant(document, "time"),
        instant(document, "at"),
        document.getString("origin"),
        identifiers,
        properties == null ? Map.of() : (Map<String, Object>) properties);
  }
}
