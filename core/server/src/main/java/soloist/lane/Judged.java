package soloist.lane;

import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of rows came to: the documents a commit writes.
 *
 * @param outbox rows to send; written only where the id is not there yet
 * @param decisions likewise
 * @param profiles the whole new documents, each with {@code rev} one above the stored one
 * @param nextDue the earliest instant at which one of these profiles is due, null for none
 * @param handovers identifiers that lead to somebody else once the profiles are written
 * @param rows drafts that follow from the batch, for any partition, in their order; journalled once
 *     the profiles are written
 * @param crossings of segments by the people of {@code profiles}, in their order
 */
public record Judged(
    List<Document> outbox,
    List<Document> decisions,
    List<Document> profiles,
    @Nullable Instant nextDue,
    List<Handover> handovers,
    List<Row> rows,
    List<Crossing> crossings) {

  static final Judged NOTHING = new Judged(List.of(), List.of(), List.of(), null);

  public Judged {
    outbox = List.copyOf(outbox);
    decisions = List.copyOf(decisions);
    profiles = List.copyOf(profiles);
    handovers = List.copyOf(handovers);
    rows = List.copyOf(rows);
    crossings = List.copyOf(crossings);
  }

  /** What leads to no further row and changes no segment. */
  public Judged(
      List<Document> outbox,
      List<Document> decisions,
      List<Document> profiles,
      @Nullable Instant nextDue) {
    this(outbox, decisions, profiles, nextDue, List.of(), List.of(), List.of());
  }
}
