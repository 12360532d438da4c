package soloist.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import soloist.http.Problem;
import soloist.identity.Identity;
import soloist.lane.Journal;
import soloist.lane.Row;

/** Takes events in: whose it is, then the journal. Nothing else changes a person. */
public final class Ingest {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Identity identity;
  private final Journal journal;
  private final Tellings tellings;
  private final InstantSource clock;
  private final Supplier<String> country;
  private final long mostBacklog;
  private final Intake intake = new Intake(this::take);

  /**
   * @param undone may grow while this is used
   * @param country of telephone numbers without a code; empty when it is not known
   */
  public Ingest(
      Identity identity,
      Journal journal,
      Undone undone,
      InstantSource clock,
      Supplier<String> country) {
    this(identity, journal, undone, clock, country, Journal.MOST_BACKLOG);
  }

  /**
   * @param mostBacklog how many live rows may wait to be judged
   */
  public Ingest(
      Identity identity,
      Journal journal,
      Undone undone,
      InstantSource clock,
      Supplier<String> country,
      long mostBacklog) {
    this.mostBacklog = mostBacklog;
    this.identity = identity;
    this.journal = journal;
    this.tellings = new Tellings(journal, undone);
    this.clock = clock;
    this.country = country;
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
  public CompletableFuture<Boolean> accept(EventInput told, String origin) {
    return offer(List.of(told), origin).getFirst();
  }

  private List<CompletableFuture<Boolean>> offer(List<EventInput> told, String origin) {
    if (isBusy()) {
      throw Problem.busy(RETRY_AFTER_SECONDS);
    }
    return intake.offer(whereWeAre(told), origin);
  }

  /** The row that a live event is to become. */
  private record Draft(Intake.Offer offer, Row row) {}

  private static Draft draft(Intake.Offer offer, Identity.Owner owner) {
    return new Draft(offer, draft(offer.event(), owner, offer.origin(), false));
  }

  /** Finds whose live events are, and journals them; each offer is told what became of it. */
  private void take(List<Intake.Offer> group) {
    Identity.Found found = identity.find(identifiers(group), now());
    List<Intake.Offer> open = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (Intake.Offer offer : group) {
      found
          .owner(offer.event().identifiers())
          .ifPresentOrElse(owner -> drafts.add(draft(offer, owner)), () -> open.add(offer));
    }
    // What came before under an id stands; new identifiers in a double belong to nobody.
    Set<String> held = open.isEmpty() ? Set.of() : journal.told(ids(open)).keySet();
    open.stream().filter(each -> held.contains(each.event().id())).forEach(this::tellAgain);
    open.removeIf(each -> held.contains(each.event().id()));
    Iterator<Identity.Owner> owners = found.resolveAll(identifiers(open)).iterator();
    open.forEach(offer -> drafts.add(draft(offer, owners.next())));
    append(drafts);
  }

  private static List<String> ids(List<Intake.Offer> group) {
    return group.stream().map(offer -> offer.event().id()).toList();
  }

  private static List<Map<String, String>> identifiers(List<Intake.Offer> group) {
    return group.stream().map(offer -> offer.event().identifiers()).toList();
  }

  /** Who comes while these are written makes one larger group, instead of several small ones. */
  private void append(List<Draft> drafts) {
    List<CompletableFuture<Boolean>> appended =
        journal.appendAll(drafts.stream().map(Draft::row).toList());
    all(appended).exceptionally(_ -> null).join();
    for (int i = 0; i < drafts.size(); i++) {
      Intake.Offer offer = drafts.get(i).offer();
      var unused =
          appended
              .get(i)
              .whenComplete(
                  (fresh, failure) -> {
                    if (failure != null) {
                      offer.fresh().completeExceptionally(failure);
                    } else if (fresh) {
                      offer.fresh().complete(true);
                    } else {
                      tellAgain(offer);
                    }
                  });
    }
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Boolean>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }

  private void tellAgain(Intake.Offer offer) {
    var unused =
        offer
            .fresh()
            .completeAsync(
                () -> tellAgain(offer.event(), offer.origin(), false).counts(),
                Thread::startVirtualThread);
  }

  /** Finds another place for an event whose id is taken, or that it needs none. */
  private Tellings.Place tellAgain(EventInput event, String origin, boolean silent) {
    while (true) {
      Tellings.Place place = at(tellings.places(List.of(event), origin), event);
      if (place.isTaken()) {
        return place;
      }
      Row draft = draft(event, identity.resolve(event.identifiers(), now()), origin, silent);
      if (journal.append(place.row(draft)).join()) {
        return place;
      }
    }
  }

  private static Tellings.Place at(Map<String, Tellings.Place> places, EventInput event) {
    return Objects.requireNonNull(places.get(event.id()));
  }

  /**
   * What became of one of many.
   *
   * @param profileId empty when it was told before by somebody else and its person is not known
   * @param fresh whether it counts by the word of this origin, from now or from an earlier try
   * @param isNew whether it counts from now
   */
  public record Taken(String profileId, boolean fresh, boolean isNew) {}

  /**
   * As {@link #accept} of one after the other, in few round trips. All are durable when this
   * returns.
   *
   * @return for each whether it is the first under its id
   * @throws Problem 503 when too many rows wait to be judged
   */
  public List<Boolean> acceptAll(List<EventInput> told, String origin) {
    List<CompletableFuture<Boolean>> fresh = offer(told, origin);
    // Once for all: waiting for one after the other wakes this thread for each.
    all(fresh).join();
    return fresh.stream().map(CompletableFuture::join).toList();
  }

  /**
   * Takes many events, each of which names its person by identifiers, in their order and in few
   * round trips. All are durable when this returns.
   *
   * @param silent whether they are history, which starts nothing
   */
  public List<Taken> acceptAll(List<EventInput> told, String origin, boolean silent) {
    if (told.isEmpty()) {
      return List.of();
    }
    List<EventInput> events = whereWeAre(told);
    Map<String, Tellings.Place> places = tellings.places(events, origin);
    List<EventInput> open = events.stream().filter(each -> !at(places, each).isTaken()).toList();
    Map<String, String> whose = append(open, places, origin, silent);
    Set<String> ours = new HashSet<>();
    places.forEach(
        (id, place) -> {
          if (place.counts() || place.isOurs()) {
            ours.add(id);
          }
        });
    List<EventInput> others =
        events.stream().filter(each -> !whose.containsKey(each.id())).toList();
    Iterator<Optional<Identity.Owner>> owners =
        identity.findAny(others.stream().map(EventInput::identifiers).toList()).iterator();
    for (EventInput event : others) {
      whose.put(event.id(), owners.next().map(Identity.Owner::profileId).orElse(""));
    }
    return events.stream()
        .map(
            event ->
                new Taken(
                    whose.getOrDefault(event.id(), ""),
                    ours.contains(event.id()),
                    at(places, event).counts()))
        .toList();
  }

  /** The same with telephone numbers as they are written here. */
  public List<EventInput> whereWeAre(List<EventInput> events) {
    return events.stream().map(event -> event.in(country.get())).toList();
  }

  /**
   * Journals events at their places, or at others when somebody was faster.
   *
   * @return the profiles by the events' ids
   */
  private Map<String, String> append(
      List<EventInput> events, Map<String, Tellings.Place> places, String origin, boolean silent) {
    Iterator<Identity.Owner> owners =
        identity
            .resolveAll(events.stream().map(EventInput::identifiers).toList(), now())
            .iterator();
    Map<String, String> whose = new HashMap<>();
    Map<String, CompletableFuture<Boolean>> appended = new HashMap<>();
    for (EventInput event : events) {
      Row draft = draft(event, owners.next(), origin, silent);
      // The same row twice in one file is one; who was first has told it.
      if (whose.putIfAbsent(event.id(), draft.profileId()) == null) {
        appended.put(event.id(), journal.append(at(places, event).row(draft)));
      }
    }
    for (EventInput event : events) {
      CompletableFuture<Boolean> isIn = appended.remove(event.id());
      if (isIn != null && !isIn.join()) {
        places.put(event.id(), tellAgain(event, origin, silent));
      }
    }
    return whose;
  }

  /** Which of these would not count if this origin told them now. */
  public Set<String> told(List<EventInput> events, String origin) {
    Set<String> told = new HashSet<>();
    tellings
        .places(events, origin)
        .forEach(
            (id, place) -> {
              if (!place.counts()) {
                told.add(id);
              }
            });
    return told;
  }

  private static Row draft(EventInput event, Identity.Owner owner, String origin, boolean silent) {
    Row draft =
        Row.draft(
            event.id(),
            owner.profileId(),
            owner.otherIds(),
            event.type(),
            event.time(),
            origin,
            event.identifiers(),
            event.properties());
    return silent ? draft.inBulk() : draft;
  }

  /** Whether more live rows wait to be judged than may. */
  public boolean isBusy() {
    return journal.backlog() > mostBacklog;
  }

  /**
   * Takes what the platform itself has concluded about known profiles: behind all that is live, and
   * silently unless a row says that it is news. All rows are durable when this returns.
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
