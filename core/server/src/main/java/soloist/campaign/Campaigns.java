package soloist.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import soloist.content.Words;
import soloist.http.Problem;
import soloist.http.Versions;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Publications;
import soloist.profile.Refolds;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * What an owner does with campaigns. Each change is stored first, with what is to be said in the
 * journal; then it is said, and said again after a crash. One at a time.
 */
public final class Campaigns {
  private static final System.Logger LOG = System.getLogger(Campaigns.class.getName());

  private static final Map<String, Object> FIRST_WORDS =
      Map.of(
          Answer.LANGUAGES.getFirst(),
          Map.of(
              "subject",
              "News from us",
              "blocks",
              List.of(
                  Map.of(
                      "paragraph", "Dear {{first_name}}{{^first_name}}customer{{/first_name}},"))),
          Answer.LANGUAGES.getLast(),
          Map.of(
              "subject",
              "来自我们的消息",
              "blocks",
              List.of(
                  Map.of("paragraph", "{{first_name}}{{^first_name}}尊敬的顾客{{/first_name}}，您好："))));

  private final PlanStore plans;
  private final Definitions definitions;
  private final Publications publications;
  private final Refolds refolds;
  private final Audience audience;
  private final Walks walks;
  private final Function<Basis, Optional<Problem.Detail>> unseenOf;
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();

  /**
   * @param unseenOf the first of what a campaign goes by that none may go by before the owner has
   *     looked at it
   */
  public Campaigns(
      Store store,
      Definitions definitions,
      Journal journal,
      Publications publications,
      Refolds refolds,
      Jobs jobs,
      InstantSource clock,
      Function<Basis, Optional<Problem.Detail>> unseenOf) {
    this.unseenOf = unseenOf;
    this.plans = new PlanStore(store, clock);
    this.definitions = definitions;
    this.publications = publications;
    this.refolds = refolds;
    this.audience = new Audience(store);
    this.walks = new Walks(plans, definitions, audience, journal, jobs);
  }

  /** Says what a crash kept from being said, and goes on with what was under way. */
  public synchronized void open() {
    plans.all().forEach(document -> goOn(Plan.of(document)));
  }

  private void goOn(Plan plan) {
    say(plan);
    walks.begin(plan);
  }

  /** How a campaign stands as the owner last said; one that is not the owner's is open. */
  public Standing standing(String campaign) {
    return standings.getOrDefault(campaign, Standing.OPEN);
  }

  /** Starts broadcasts whose window has closed. Called every second. */
  public synchronized void tick() {
    try {
      Instant now = plans.now();
      for (Plan plan : plans.at(Plan.State.RELEASED)) {
        if (plan.releaseAt() != null && !plan.releaseAt().isAfter(now)) {
          goOut(plan);
        }
      }
    } catch (RuntimeException e) {
      // The boundary of the timer: it is stored that it was released, the next second tries again.
      LOG.log(System.Logger.Level.WARNING, "a broadcast will be tried again", e);
    }
  }

  synchronized Plan create(String recipeId, Map<String, Object> given) {
    Recipe recipe =
        Recipe.find(recipeId).orElseThrow(() -> Problem.invalid("/recipe", "campaign-recipe"));
    String id = recipe.id() + "-" + UUID.randomUUID().toString().substring(0, 8);
    return add(id, recipe.name(), recipe.id(), recipe.check(given), id, recipe.words());
  }

  synchronized Plan createBroadcast(String segment, Map<String, Object> name) {
    if (Blueprint.segment(definitions, segment).isEmpty()) {
      throw Problem.invalid("/broadcast/segment", "campaign-segment");
    }
    String id = "broadcast-" + UUID.randomUUID().toString().substring(0, 8);
    return add(id, name, "", Map.of(), segment, Map.of(Blueprint.ONE_MAIL, FIRST_WORDS));
  }

  private Plan add(
      String id,
      Map<String, Object> name,
      String recipe,
      Map<String, Object> answers,
      String segment,
      Map<String, Map<String, Object>> mails) {
    Instant now = plans.now();
    Plan plan =
        new Plan(
            id,
            1,
            name,
            recipe,
            answers,
            segment,
            mails,
            Plan.State.DRAFT,
            0,
            0,
            0,
            null,
            now,
            now,
            List.of(),
            Map.of());
    plans.add(plan);
    return plan;
  }

  /** Segments whose members a broadcast can go to. */
  List<Map<String, Object>> audiences() {
    return definitions.newest(Definitions.SEGMENT).stream()
        .map(
            body ->
                Map.of(
                    "id", body.getOrDefault("id", ""), "name", body.getOrDefault("name", Map.of())))
        .toList();
  }

  Plan find(String id) {
    return plans.find(id).orElseThrow(Problem::notFound);
  }

  /** What it comes to as it is planned now. */
  public Blueprint blueprint(String id) {
    return blueprint(find(id));
  }

  Blueprint blueprint(Plan plan) {
    return Blueprint.of(plan, plan.version() + 1, definitions);
  }

  /**
   * Changes the words and answers. While people may be inside this is a new version, for those who
   * come; what it goes by is asked as at first, since another model may count by now.
   *
   * @param seen the revision that the owner has changed
   */
  synchronized Plan change(
      String id, int seen, Map<String, Object> name, Map<String, Object> answers, Map<?, ?> mails) {
    Plan plan = find(id);
    if (plan.rev() != seen) {
      throw Versions.changed();
    }
    if (plan.state() != Plan.State.DRAFT && !(plan.runs() && !plan.isBroadcast())) {
      throw conflict("campaign-not-editable");
    }
    Map<String, Object> checked =
        plan.isBroadcast()
            ? Map.of()
            : Recipe.find(plan.recipe()).orElseThrow(Problem::notFound).check(answers);
    Plan changed = plan.withWords(name, checked, words(plan, mails));
    Blueprint blueprint = blueprint(changed);
    if (plan.state() == Plan.State.DRAFT) {
      return plans.change(changed);
    }
    requireSeen(blueprint);
    return publish(changed, blueprint, List.of());
  }

  /** The words that were given, checked, in the place of those that were there. */
  private static Map<String, Map<String, Object>> words(Plan plan, Map<?, ?> given) {
    List<Problem.Detail> faults = new ArrayList<>();
    Set<String> links = Recipe.find(plan.recipe()).map(Recipe::links).orElse(Set.of());
    Map<String, Map<String, Object>> words = new LinkedHashMap<>(plan.mails());
    given.forEach(
        (mail, value) -> {
          String at = "/mails/" + mail;
          if (plan.mails().containsKey(mail)) {
            words.put((String) mail, Words.check(value, at, links, faults));
          } else {
            String known = String.join(", ", plan.mails().keySet());
            faults.add(new Problem.Detail(at, "unknown-field", List.of(known)));
          }
        });
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return words;
  }

  /**
   * A campaign may go by segments that are there, and by what a model says once somebody has looked
   * whom it chooses.
   */
  private void requireSeen(Blueprint blueprint) {
    List<Segment> known =
        definitions.newest(Definitions.SEGMENT).stream().map(SegmentDocuments::read).toList();
    Basis basis = Basis.of(blueprint, known);
    Set<String> missing = new TreeSet<>(basis.segments());
    missing.remove(blueprint.segment().id());
    known.forEach(each -> missing.remove(each.id()));
    if (!missing.isEmpty()) {
      throw conflict("campaign-needs-segment", String.join(", ", missing));
    }
    Optional<Problem.Detail> unseen = unseenOf.apply(basis);
    if (unseen.isPresent()) {
      throw conflict(unseen.get());
    }
  }

  /**
   * Lets people in from now on. Those in the segment already enter silently.
   *
   * @param confirmed how many of them it is to be offered to; null when to none
   */
  synchronized Plan activate(String id, @Nullable Integer confirmed) {
    Plan plan = find(id);
    require(plan, !plan.isBroadcast(), Plan.State.DRAFT);
    Blueprint blueprint = blueprint(plan);
    requireSeen(blueprint);
    List<Walk> offers = List.of();
    if (confirmed != null) {
      offers = List.of(Walk.begin(1, confirmed(blueprint, confirmed)));
    }
    return publish(plan.in(Plan.State.ACTIVE, null), blueprint, offers);
  }

  /** The number of members when it is the one that the owner has confirmed. */
  private long confirmed(Blueprint blueprint, int confirmed) {
    long members = audience.count(blueprint.segment(), plans.now(), _ -> true);
    if (members != confirmed) {
      throw conflict("campaign-confirm", Long.toString(members));
    }
    return members;
  }

  /** Makes the plan's next version count. Its own segment gets one only when that has changed. */
  private Plan publish(Plan plan, Blueprint blueprint, List<Walk> offers) {
    int version = plan.version() + 1;
    int segmentVersion = plan.segmentVersion();
    List<Publications.Change> changes = new ArrayList<>();
    if (!plan.isBroadcast() && hasNewSegment(plan, blueprint)) {
      segmentVersion++;
      Map<String, Object> segment = new HashMap<>(SegmentDocuments.write(blueprint.segment()));
      segment.put("version", segmentVersion);
      definitions.save(Definitions.SEGMENT, plan.segment(), segmentVersion, segment);
      changes.add(Publications.Change.of(Definitions.SEGMENT, plan.segment(), segmentVersion));
    }
    blueprint.save(plan, definitions);
    changes.add(Publications.Change.of(Definitions.CAMPAIGN, plan.id(), version));
    Plan published = plans.change(plan.publishing(version, segmentVersion, changes, offers));
    say(published);
    walks.begin(published);
    return find(plan.id());
  }

  private boolean hasNewSegment(Plan plan, Blueprint blueprint) {
    return plan.segmentVersion() == 0
        || !SegmentDocuments.read(
                definitions.body(Definitions.SEGMENT, plan.segment(), plan.segmentVersion()))
            .condition()
            .equals(blueprint.segment().condition());
  }

  synchronized Plan pause(String id) {
    Plan plan = find(id);
    require(plan, !plan.isBroadcast(), Plan.State.ACTIVE);
    return stand(plan, Plan.State.PAUSED);
  }

  synchronized Plan resume(String id) {
    Plan plan = find(id);
    require(plan, true, Plan.State.PAUSED);
    requireSeen(blueprint(plan));
    Plan resumed = stand(plan, Plan.State.ACTIVE);
    walks.begin(resumed);
    return resumed;
  }

  /** Ends it for good: a draft is put away, a broadcast stops, those inside get nothing more. */
  synchronized Plan end(String id) {
    Plan plan = find(id);
    require(plan, plan.state() != Plan.State.ENDED, Plan.State.values());
    // Of what was never published the journal knows nothing.
    return plan.version() == 0
        ? plans.change(plan.in(Plan.State.ENDED, null))
        : stand(plan, Plan.State.ENDED);
  }

  private Plan stand(Plan plan, Plan.State state) {
    Plan standing = plans.change(plan.in(state, null).publishingStanding());
    say(standing);
    return find(plan.id());
  }

  /** Lets a broadcast go out when the window has passed. */
  synchronized Plan release(String id, Duration window, int confirmed) {
    Plan plan = find(id);
    require(plan, plan.isBroadcast(), Plan.State.DRAFT);
    Blueprint blueprint = blueprint(plan);
    requireSeen(blueprint);
    confirmed(blueprint, confirmed);
    return plans.change(plan.in(Plan.State.RELEASED, plans.now().plus(window)));
  }

  /** Takes a released broadcast back: nothing has left. */
  synchronized Plan cancel(String id) {
    Plan plan = find(id);
    require(plan, true, Plan.State.RELEASED);
    return plans.change(plan.in(Plan.State.DRAFT, null));
  }

  private void goOut(Plan plan) {
    Blueprint blueprint = blueprint(plan);
    long members = audience.count(blueprint.segment(), plans.now(), _ -> true);
    publish(
        plan.in(Plan.State.ACTIVE, null),
        blueprint,
        List.of(Walk.begin(plan.version() + 1, members)));
  }

  /**
   * Says in every partition what is decided, and has everybody asked about a new segment. Said
   * twice it counts once.
   */
  private void say(Plan plan) {
    standings.put(plan.id(), plan.state().standing());
    List<Publications.Change> changes = plan.pending();
    if (changes.isEmpty()) {
      return;
    }
    Optional<Publications.Change> segment =
        changes.stream().filter(each -> each.kind().equals(Definitions.SEGMENT)).findFirst();
    if (segment.isPresent()) {
      refolds.offerAll(
          "segment:" + segment.get().id() + "@" + segment.get().version(),
          () -> publications.publish(changes, plans.now()));
    } else {
      publications.publish(changes, plans.now());
    }
    plans.said(plan.id());
  }

  private static void require(Plan plan, boolean isFit, Plan.State... states) {
    if (!isFit || !List.of(states).contains(plan.state())) {
      throw conflict("campaign-state", plan.state().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static Problem conflict(String code, String... values) {
    return conflict(new Problem.Detail("", code, List.of(values)));
  }

  private static Problem conflict(Problem.Detail detail) {
    return new Problem(409, "campaign-conflict", List.of(detail), Map.of());
  }

  PlanStore plans() {
    return plans;
  }
}
