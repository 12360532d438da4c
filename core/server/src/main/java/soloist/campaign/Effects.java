package soloist.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.profile.Journey;
import soloist.profile.Profile;
import soloist.profile.ProfileFacts;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.Step;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;
import soloist.rules.judge.Cause;
import soloist.rules.judge.Decision;
import soloist.store.Values;

/**
 * Turns decisions into what they do: journeys on the profile, rows for the outbox, kept decisions.
 * Ids come from who, what and which occurrence, never from a version or the clock, so the same
 * effect has the same id.
 */
public final class Effects {
  /** Why somebody whom everything lets in does not enter; the pages have words for it. */
  private static final String TOO_MANY_JOURNEYS = "too-many-journeys";

  /** How soon somebody inside a campaign that pauses is looked at again. */
  static final Duration PAUSE = Duration.ofMinutes(10);

  private static final String PAUSED = "campaign-paused";
  private static final String ENDED = "campaign-ended";

  private final Published rules;
  private final Map<String, Integer> versions;
  private final List<Document> outbox = new ArrayList<>();
  private final List<Document> decisions = new ArrayList<>();

  /**
   * @param versions that count now, by kind:id
   */
  public Effects(Published rules, Map<String, Integer> versions) {
    this.rules = rules;
    this.versions = versions;
  }

  public List<Document> outbox() {
    return outbox;
  }

  public List<Document> decisions() {
    return decisions;
  }

  /** Carries a decision out. Returns the question that follows at once, if any. */
  public Optional<Question> apply(Question question, Decision decision) {
    Campaign campaign = campaign(decision.campaign(), decision.version());
    return switch (decision) {
      case Decision.Start start -> start(question, start, campaign);
      case Decision.Decline decline -> {
        keep(question, decline, "decline", occurrence(question), entry(question, campaign), null);
        yield Optional.empty();
      }
      case Decision.Send send -> {
        Journey journey = journey(question);
        String message =
            Values.hash(
                "message",
                send.campaign(),
                send.step(),
                send.channel(),
                question.profile().id(),
                journey.entry());
        String id =
            keep(question, send, "send", journey.entry(), onlyIf(campaign, send.step()), message);
        outbox.add(message(question, send, campaign, journey, message, id));
        yield next(question, campaign, journey, question.depth() + 1);
      }
      case Decision.Skip skip -> {
        Journey journey = journey(question);
        keep(question, skip, "skip", journey.entry(), onlyIf(campaign, skip.step()), null);
        yield next(question, campaign, journey, question.depth());
      }
      case Decision.Wait wait -> {
        Journey journey = journey(question);
        keep(question, wait, "wait", journey.entry(), null, null);
        question
            .profile()
            .replace(journey.at(journey.step(), question.facts().now().plus(wait.time())));
        yield Optional.empty();
      }
    };
  }

  /** The questions of journeys whose wait is over. */
  public Collection<Question> wake(Profile profile, Instant now, String event) {
    List<Question> questions = new ArrayList<>();
    for (Journey journey : profile.journeys()) {
      if (journey.wakeAt() != null && !journey.wakeAt().isAfter(now)) {
        Campaign campaign = campaign(journey.campaign(), journey.version());
        ProfileFacts facts = new ProfileFacts(profile, now, now, journey);
        Question question = Question.of(facts, stepCause(campaign, journey), event, journey, 0);
        switch (rules.standing(campaign.id())) {
          case OPEN -> next(question, campaign, journey, 0).ifPresent(questions::add);
          case PAUSED -> profile.replace(journey.at(journey.step(), now.plus(PAUSE)));
          case ENDED -> {
            String rule = campaign.versionedId() + "/ended";
            String step = campaign.steps().get(journey.step()).id();
            keep(question, campaign, rule, step, "leave", journey.entry(), null, null);
            decisions.getLast().append("reason", ENDED);
            profile.end(journey.entry());
          }
        }
      }
    }
    return questions;
  }

  private Optional<Question> start(Question question, Decision.Start start, Campaign campaign) {
    String occurrence = occurrence(question);
    Profile profile = question.profile();
    Condition explained = entry(question, campaign);
    boolean isPaused = rules.standing(campaign.id()) == Standing.PAUSED;
    if (isPaused || profile.isBusy()) {
      keep(question, start, "decline", occurrence, explained, null);
      decisions.getLast().append("reason", isPaused ? PAUSED : TOO_MANY_JOURNEYS);
      return Optional.empty();
    }
    String entry = Values.hash("entry", campaign.id(), profile.id(), occurrence);
    // The explanation is read before the entry changes what is explained.
    keep(question, start, "start", occurrence, explained, null);
    Journey journey =
        new Journey(
            campaign.id(),
            campaign.version(),
            entry,
            0,
            question.facts().now(),
            null,
            List.of(),
            question.wave());
    profile.begin(journey);
    return Optional.of(reached(question, campaign, journey, question.depth()));
  }

  /** Moves the journey to the step after the one it stands at, or ends it. */
  private Optional<Question> next(
      Question question, Campaign campaign, Journey journey, int depth) {
    Profile profile = question.profile();
    if (journey.step() + 1 >= campaign.steps().size()) {
      profile.end(journey.entry());
      return Optional.empty();
    }
    Journey moved = journey.at(journey.step() + 1, null);
    profile.replace(moved);
    return Optional.of(reached(question, campaign, moved, depth));
  }

  private static Question reached(
      Question question, Campaign campaign, Journey journey, int depth) {
    ProfileFacts facts =
        new ProfileFacts(
            question.profile(), question.facts().now(), question.facts().causedAt(), journey);
    return Question.of(facts, stepCause(campaign, journey), question.event(), journey, depth);
  }

  private static Cause stepCause(Campaign campaign, Journey journey) {
    return new Cause.StepReached(
        campaign.id(), campaign.version(), campaign.steps().get(journey.step()).id());
  }

  private Document message(
      Question question,
      Decision.Send send,
      Campaign campaign,
      Journey journey,
      String id,
      String decision) {
    TemplateVersion template = template(campaign, send.template());
    Date now = Date.from(question.facts().now());
    String wave = journey.wave();
    return new Document("_id", id)
        .append("state", "queued")
        .append("dueAt", wave == null ? now : Date.from(Waves.UNDECIDED))
        .append("wave", wave == null ? null : new Wave(campaign.id(), wave).key())
        .append("queuedAt", now)
        .append("profileId", question.profile().id())
        .append("position", question.profile().position())
        .append("campaign", campaign.id())
        .append("version", campaign.version())
        .append("step", send.step())
        .append("entry", journey.entry())
        .append("channel", send.channel())
        .append("template", template.id())
        .append("templateVersion", template.number())
        .append("purpose", campaign.purpose())
        .append("decision", decision)
        .append("attempts", 0)
        .append("fence", 0L)
        .append("owner", null);
  }

  private record TemplateVersion(String id, int number) {}

  /**
   * A step names a template and with it the version that is published, or {@code template@version}:
   * then those inside finish with the words they began with.
   */
  private TemplateVersion template(Campaign campaign, String name) {
    int at = name.lastIndexOf('@');
    if (at > 0) {
      return new TemplateVersion(name.substring(0, at), Integer.parseInt(name.substring(at + 1)));
    }
    Integer published = versions.get("template:" + name);
    if (published == null) {
      throw new IllegalStateException(
          "campaign '" + campaign.id() + "' sends template '" + name + "', which is not published");
    }
    return new TemplateVersion(name, published);
  }

  private String keep(
      Question question,
      Decision decision,
      String kind,
      String occurrence,
      @Nullable Condition explained,
      @Nullable String message) {
    Campaign campaign = campaign(decision.campaign(), decision.version());
    return keep(
        question, campaign, decision.rule(), step(decision), kind, occurrence, explained, message);
  }

  private String keep(
      Question question,
      Campaign campaign,
      String rule,
      @Nullable String step,
      String kind,
      String occurrence,
      @Nullable Condition explained,
      @Nullable String message) {
    String profileId = question.profile().id();
    String id = Values.hash("decision", rule, kind, profileId, occurrence);
    decisions.add(
        new Document("_id", id)
            .append("kind", kind)
            .append("profileId", profileId)
            .append("campaign", campaign.id())
            .append("version", campaign.version())
            .append("rule", rule)
            .append("step", step)
            .append("at", Date.from(question.facts().now()))
            .append("order", question.journey() == null ? 0 : question.journey().step() + 1)
            .append("cause", Causes.document(question))
            .append(
                "verdict", explained == null ? null : Causes.verdict(explained, question.facts()))
            .append("message", message));
    return id;
  }

  private static @Nullable String step(Decision decision) {
    return switch (decision) {
      case Decision.Send send -> send.step();
      case Decision.Skip skip -> skip.step();
      case Decision.Wait wait -> wait.step();
      case Decision.Start _, Decision.Decline _ -> null;
    };
  }

  private Campaign campaign(String id, int version) {
    Campaign found = rules.campaigns().get(id + "@" + version);
    if (found == null) {
      throw new IllegalStateException(
          "campaign '" + id + "' version " + version + " is not published");
    }
    return found;
  }

  private static Condition entry(Question question, Campaign campaign) {
    return question.cause() instanceof Cause.Triggered(Trigger.Offered _)
        ? campaign.offered()
        : campaign.entry();
  }

  private static Condition onlyIf(Campaign campaign, String stepId) {
    for (Step step : campaign.steps()) {
      if (step instanceof Step.Send send && send.id().equals(stepId)) {
        return send.onlyIf();
      }
    }
    throw new IllegalStateException(
        "campaign '" + campaign.id() + "' has no send step '" + stepId + "'");
  }

  private static Journey journey(Question question) {
    Journey journey = question.journey();
    if (journey == null) {
      throw new IllegalStateException("a step was decided outside a journey: " + question.cause());
    }
    return journey;
  }

  /** Of a trigger: which time it came true for this person. */
  private static String occurrence(Question question) {
    return question.cause().key() + "#" + question.event();
  }
}
