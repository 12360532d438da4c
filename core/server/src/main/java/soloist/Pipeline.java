package soloist;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.campaign.Effects;
import soloist.campaign.Published;
import soloist.campaign.Question;
import soloist.lane.Crossing;
import soloist.lane.Judged;
import soloist.lane.Row;
import soloist.lane.Unjudgeable;
import soloist.lane.Work;
import soloist.profile.EventTypes;
import soloist.profile.Journey;
import soloist.profile.Merging;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileFacts;
import soloist.profile.ProfileFold;
import soloist.profile.ProfileSize;
import soloist.profile.Refold;
import soloist.rules.campaign.Trigger;
import soloist.rules.judge.Cause;
import soloist.rules.judge.Decision;
import soloist.rules.judge.Situation;
import soloist.segment.Memberships;

/**
 * What happens to a person when a row comes, in one page: the row is folded into the profile,
 * segments are asked again, what changed is put to the campaigns' rules, and their decisions become
 * journeys, messages and kept reasons.
 *
 * <p>People of a batch go in step: in each round everybody takes one row (or one due), and the
 * questions of all are judged together. People do not see each other, so how rows are cut into
 * batches changes nothing.
 */
final class Pipeline implements Work {
  /** How many messages one cause may lead to, one after the other, before it counts as a loop. */
  private static final int DEEPEST = 8;

  private final Function<Map<String, Integer>, Published> published;
  private final Supplier<ZoneId> zone;

  /**
   * @param zone that the owner's days begin in
   */
  Pipeline(Function<Map<String, Integer>, Published> published, Supplier<ZoneId> zone) {
    this.published = published;
    this.zone = zone;
  }

  @Override
  public Judged judge(
      Map<String, Integer> versions,
      List<Row> rows,
      Known known,
      List<String> due,
      Instant dueUntil) {
    Published rules = published.apply(versions);
    Effects effects = new Effects(rules, versions);
    Merging merging = new Merging(rules::keepsOut);
    Set<String> ids = new LinkedHashSet<>();
    rows.forEach(row -> ids.add(row.profileId()));
    ids.addAll(due);
    Map<String, List<Row>> rowsOf = rows.stream().collect(Collectors.groupingBy(Row::profileId));
    Set<String> isDue = Set.copyOf(due);
    Map<String, Person> people = new LinkedHashMap<>();
    for (String id : ids) {
      people.put(
          id,
          new Person(
              profile(id, known.profiles()).with(rules.own()),
              merging,
              known.refolded(),
              rowsOf.getOrDefault(id, List.of()),
              isDue.contains(id) ? dueUntil : null));
    }

    List<Crossing> crossings = new ArrayList<>();
    ZoneId days = zone.get();
    List<Person> active = new ArrayList<>(people.values());
    while (!active.isEmpty()) {
      List<Question> questions = new ArrayList<>();
      active.removeIf(person -> !person.advance(rules, effects, questions));
      active.forEach(person -> person.addCrossings(crossings, days));
      answer(rules, effects, questions);
      active.forEach(person -> person.schedule(rules));
    }
    return new Judged(
        effects.outbox(),
        effects.decisions(),
        written(people),
        earliestDue(people),
        merging.handovers(),
        merging.rows(),
        crossings);
  }

  @Override
  public Refolding refolding(
      Map<String, Integer> versions, @Nullable Document stored, List<Row> rows) {
    return new Refold(stored, rows, published.apply(versions).events());
  }

  /** Has questions judged and carries decisions out until nothing follows. */
  private static void answer(Published rules, Effects effects, List<Question> questions) {
    List<Question> open = questions;
    while (!open.isEmpty()) {
      List<Situation> situations = open.stream().map(Question::situation).toList();
      List<List<Decision>> answers = rules.judge().judge(situations);
      List<Question> following = new ArrayList<>();
      Set<String> tooDeep = new LinkedHashSet<>();
      for (int i = 0; i < open.size(); i++) {
        for (Decision decision : answers.get(i)) {
          if (decision instanceof Decision.Send && open.get(i).depth() >= DEEPEST) {
            tooDeep.add(decision.campaign());
          }
          effects.apply(open.get(i), decision).ifPresent(following::add);
        }
      }
      requireAnEnd(tooDeep);
      open = following;
    }
  }

  private static void requireAnEnd(Collection<String> tooDeep) {
    if (!tooDeep.isEmpty()) {
      throw new Unjudgeable(
          "row-loop",
          List.of(Integer.toString(DEEPEST)),
          "one cause led to more than "
              + DEEPEST
              + " messages at once in the campaigns "
              + String.join(", ", tooDeep)
              + "; a wait between their steps ends this");
    }
  }

  private static Profile profile(String id, Map<String, Document> profiles) {
    Document stored = profiles.get(id);
    return stored == null ? new Profile(id) : ProfileDocuments.read(stored);
  }

  private static List<Document> written(Map<String, Person> people) {
    return people.values().stream()
        .filter(person -> person.changed)
        .map(person -> ProfileDocuments.write(person.profile))
        .toList();
  }

  private static @Nullable Instant earliestDue(Map<String, Person> people) {
    Optional<Instant> earliest =
        people.values().stream()
            .flatMap(person -> person.profile.dueAt().stream())
            .min(Instant::compareTo);
    return earliest.orElse(null);
  }

  /** One person of the batch with the rows still to come. */
  private static final class Person {
    final Profile profile;
    final Merging merging;
    final Map<String, Document> refolded;
    final @Nullable Instant dueUntil;
    final Queue<Row> rows;
    Instant now = Instant.EPOCH;
    boolean changed;

    /** Whether a wait that is over is due again, and is no fault of what is taken. */
    private boolean overdueAgain;

    private boolean fired;

    /** Where this person was before what is taken. */
    private Set<String> segments;

    Person(
        Profile profile,
        Merging merging,
        Map<String, Document> refolded,
        List<Row> rows,
        @Nullable Instant dueUntil) {
      this.profile = profile;
      this.merging = merging;
      this.refolded = refolded;
      this.rows = new ArrayDeque<>(rows);
      this.dueUntil = dueUntil;
      segments = profile.segments();
    }

    /**
     * Takes what comes next in time: a due before a row of the same instant. False when nothing is
     * left.
     */
    boolean advance(Published rules, Effects effects, List<Question> questions) {
      Row row = rows.peek();
      Instant until = row == null ? dueUntil : row.at();
      Optional<Instant> due =
          profile.dueAt().filter(instant -> until != null && !instant.isAfter(until));
      fired = due.isPresent();
      if (due.isPresent()) {
        fire(due.get(), rules, effects, questions);
        return true;
      }
      if (row == null) {
        return false;
      }
      take(rows.remove(), rules, questions);
      return true;
    }

    private void take(Row row, Published rules, List<Question> questions) {
      if (profile.hasApplied(row)) {
        return;
      }
      changed = true;
      if (merging.takes(profile, row)) {
        now = profile.judgeAt(row.at());
        return;
      }
      catchUp(row.at(), row.id(), rules);
      ProfileFold.apply(profile, row, rules.events());
      overdueAgain = row.properties().containsKey(Row.DUE_AGAIN);
      if (row.foldsAnew()) {
        Document refold = Objects.requireNonNull(refolded.get(row.id()));
        merging.foldAnew(profile, row, ProfileDocuments.read(refold));
      }
      Row told = Merging.original(row);
      ProfileFacts facts = new ProfileFacts(profile, now, told.time(), null);
      // History is not news: what an import tells, or who turns out to be whom, changes segments
      // silently.
      List<Question> asked = EventTypes.isNews(row) ? questions : new ArrayList<>();
      Asking asking = cause -> Question.of(facts, cause, told);
      ask(trigger(told), rules, asking, asked);
      changeSegments(facts, told.id(), rules, asking, asked);
    }

    /** Told or silent, by a row, a due or because they turned out to be somebody else. */
    private void addCrossings(List<Crossing> crossings, ZoneId zone) {
      Set<String> before = segments;
      segments = profile.segments();
      if (!segments.equals(before)) {
        LocalDate day = LocalDate.ofInstant(now, zone);
        add(crossings, segments, before, day, true);
        add(crossings, before, segments, day, false);
      }
    }

    private void add(
        List<Crossing> crossings,
        Set<String> there,
        Set<String> notThere,
        LocalDate day,
        boolean entered) {
      there.stream()
          .filter(segment -> !notThere.contains(segment))
          .sorted()
          .forEach(segment -> crossings.add(new Crossing(profile.id(), segment, day, entered)));
    }

    private static Trigger trigger(Row row) {
      return row.type().equals(EventTypes.OFFERED)
          ? new Trigger.Offered(String.valueOf(row.properties().get("campaign")))
          : new Trigger.EventHappened(EventTypes.of(row));
    }

    private void catchUp(Instant at, String event, Published rules) {
      now = profile.judgeAt(at);
      ProfileFacts facts = new ProfileFacts(profile, now, now, null);
      Memberships.catchUp(profile, rules.segments(), facts, event);
    }

    private void fire(Instant due, Published rules, Effects effects, List<Question> questions) {
      changed = true;
      String event = "due:" + due;
      catchUp(due, event, rules);
      ProfileFacts facts = new ProfileFacts(profile, now, due, null);
      changeSegments(facts, event, rules, cause -> Question.of(facts, cause, due), questions);
      questions.addAll(effects.wake(profile, now, event));
    }

    private void changeSegments(
        ProfileFacts facts,
        String event,
        Published rules,
        Asking asking,
        List<Question> questions) {
      for (Memberships.Change change :
          Memberships.update(profile, rules.segments(), facts, event)) {
        Trigger trigger =
            change.entered()
                ? new Trigger.SegmentEntered(change.segment())
                : new Trigger.SegmentLeft(change.segment());
        ask(trigger, rules, asking, questions);
      }
    }

    /** Asks for the row or the due that is taken. */
    private interface Asking extends Function<Cause, Question> {}

    private static void ask(
        Trigger trigger, Published rules, Asking asking, List<Question> questions) {
      Cause cause = new Cause.Triggered(trigger);
      if (rules.judge().concerns(cause)) {
        questions.add(asking.apply(cause));
      }
    }

    /** Sets when this person is due next, once nothing more follows from the row. */
    void schedule(Published rules) {
      if (!changed) {
        return;
      }
      ProfileFacts facts = new ProfileFacts(profile, now, now, null);
      // What is over was set aside as poison: it is no fault of the rows that come after it.
      Stream<Instant> wakes =
          profile.journeys().stream()
              .map(Journey::wakeAt)
              .flatMap(Stream::ofNullable)
              .filter(wake -> fired || overdueAgain || wake.isAfter(now))
              .map(wake -> overdueAgain && !wake.isAfter(now) ? now.plusMillis(1) : wake);
      Stream<Instant> changes =
          profile.isEmpty()
              ? Stream.empty()
              : Memberships.changesAt(rules.segments(), facts).stream();
      Optional<Instant> next = Stream.concat(changes, wakes).min(Instant::compareTo);
      if (next.isPresent() && !next.get().isAfter(now)) {
        throw new IllegalStateException(
            "profile " + profile.id() + " would be due again at once: " + Date.from(now));
      }
      profile.dueAt(next.orElse(null));
      ProfileSize.requireSmall(profile);
    }
  }
}
