package soloist.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
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
    if (isBusy()) {
      throw Problem.busy(RETRY_AFTER_SECONDS);
    }
    Optional<Identity.Owner> known = identity.find(event.identifiers());
    if (known.isEmpty() && journal.holds(event.id())) {
      // What came before under this id stands; new identifiers in a double belong to nobody.
      return CompletableFuture.completedFuture(false);
    }
    Identity.Owner owner = known.orElseGet(() -> identity.resolve(event.identifiers(), now()));
    return journal.append(draft(event, owner, origin));
  }

  /**
   * What became of one of many.
   *
   * @param profileId empty when it was told before by somebody else and its person is not known
   * @param fresh whether it is in the journal by this origin, now or from an earlier try
   */
  public record Taken(String profileId, boolean fresh) {}

  /**
   * Takes many events, each of which names its person by identifiers, in their order and in few
   * round trips. All are durable when this returns.
   *
   * @param silent whether they are history, which starts nothing
   */
  public List<Taken> acceptAll(List<EventInput> events, String origin, boolean silent) {
    if (events.isEmpty()) {
      return List.of();
    }
    Map<String, String> told = journal.origins(events.stream().map(EventInput::id).toList());
    List<EventInput> fresh = events.stream().filter(each -> !told.containsKey(each.id())).toList();
    Iterator<Identity.Owner> owners =
        identity.resolveAll(fresh.stream().map(EventInput::identifiers).toList(), now()).iterator();
    List<CompletableFuture<Boolean>> appended = new ArrayList<>();
    for (EventInput event : fresh) {
      Row draft = draft(event, owners.next(), origin);
      appended.add(journal.append(silent ? draft.inBulk() : draft));
    }
    Map<String, Boolean> isFresh = new HashMap<>();
    told.forEach((id, who) -> isFresh.put(id, who.equals(origin)));
    for (int i = 0; i < fresh.size(); i++) {
      isFresh.merge(fresh.get(i).id(), appended.get(i).join(), Boolean::logicalOr);
    }
    Iterator<Optional<Identity.Owner>> known =
        identity.findAny(events.stream().map(EventInput::identifiers).toList()).iterator();
    return events.stream()
        .map(
            event ->
                new Taken(
                    known.next().map(Identity.Owner::profileId).orElse(""),
                    isFresh.getOrDefault(event.id(), false)))
        .toList();
  }

  private static Row draft(EventInput event, Identity.Owner owner, String origin) {
    return Row.draft(
        event.id(),
        owner.profileId(),
        owner.otherIds(),
        event.type(),
        event.time(),
        origin,
        event.identifiers(),
        event.properties());
  }

  /** Whether more live rows wait to be judged than may. */
  public boolean isBusy() {
    return journal.backlog() > Journal.MOST_BACKLOG;
  }

  /**
   * Takes what the platform itself has concluded about known profiles: silently, and behind all
   * that is live. All rows are durable when this returns.
   *
   * @return how many were not in the journal yet
   */
  public int conclude(List<Row> drafts) {
    List<CompletableFuture<Boolean>> appended =
        drafts.stream().map(Row::inBulk).map(journal::append).toList();
    return (int) appended.stream().filter(CompletableFuture::join).count();
  }

  /** Takes what the platform itself has seen about a known profile. */
  public CompletableFuture<Boolean> tell(
      String id, String profileId, String type, String origin, Map<String, Object> properties) {
    return journal.append(
        Row.draft(id, profileId, List.of(), type, now(), origin, Map.of(), properties));
  }
}
