package soloist.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import soloist.http.Problem;
import soloist.identity.Identity;
import soloist.lane.Journal;
import soloist.lane.Row;

/** Takes events in: whose it is, then the journal. Nothing else changes a person. */
public final class Ingest {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Identity identity;
  private final Journal journal;
  private final InstantSource clock;

  public Ingest(Identity identity, Journal journal, InstantSource clock) {
    this.identity = identity;
    this.journal = journal;
    this.clock = clock;
  }

  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Takes an event that names its person by identifiers.
   *
   * @return completed when the row is durable; false for an id that was taken before
   * @throws Problem 503 when too many rows wait to be judged
   */
  public CompletableFuture<Boolean> accept(EventInput event, String origin) {
    if (journal.backlog() > Journal.MOST_BACKLOG) {
      throw Problem.busy(RETRY_AFTER_SECONDS);
    }
    Optional<Identity.Owner> known = identity.find(event.identifiers());
    if (known.isEmpty() && journal.holds(event.id())) {
      // What came before under this id stands; new identifiers in a double belong to nobody.
      return CompletableFuture.completedFuture(false);
    }
    Identity.Owner owner = known.orElseGet(() -> identity.resolve(event.identifiers(), now()));
    return journal.append(
        Row.draft(
            event.id(),
            owner.profileId(),
            owner.otherIds(),
            event.type(),
            event.time(),
            origin,
            event.identifiers(),
            event.properties()));
  }

  /** Takes what the platform itself has seen about a known profile. */
  public CompletableFuture<Boolean> tell(
      String id, String profileId, String type, String origin, Map<String, Object> properties) {
    return journal.append(
        Row.draft(id, profileId, java.util.List.of(), type, now(), origin, Map.of(), properties));
  }
}
