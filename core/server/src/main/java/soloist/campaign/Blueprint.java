package soloist.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.content.Template;
import soloist.http.Problem;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.campaign.Step;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.store.Definitions;

/**
 * The versions that a plan comes to: its segment, its campaign and the templates of its mails. A
 * campaign names its templates with their versions, so that those inside finish with the words they
 * began with.
 *
 * @param segment whose members it is for; of a broadcast the one that is published
 * @param templates by the id of the mail
 */
public record Blueprint(
    Segment segment, Campaign campaign, Map<String, Template> templates, Map<String, Object> name) {

  /** What a broadcast consists of. */
  static final String ONE_MAIL = "mail-1";

  static Blueprint of(Plan plan, int version, Definitions definitions) {
    return plan.isBroadcast()
        ? broadcast(plan, version, definitions)
        : fromRecipe(plan, version, Recipe.find(plan.recipe()).orElseThrow(Problem::notFound));
  }

  private static Blueprint fromRecipe(Plan plan, int version, Recipe recipe) {
    Map<String, Object> campaign = new LinkedHashMap<>(recipe.campaign(plan.answers()));
    campaign.put("trigger", Map.of("segmentEntered", plan.segment()));
    Segment segment =
        SegmentDocuments.read(
            Map.of(
                "id",
                plan.segment(),
                "version",
                Math.max(1, plan.segmentVersion()),
                "name",
                recipe.segmentName(),
                "condition",
                recipe.condition(plan.answers())));
    return whole(plan, version, segment, campaign);
  }

  private static Blueprint broadcast(Plan plan, int version, Definitions definitions) {
    Segment segment =
        segment(definitions, plan.segment())
            .orElseThrow(() -> Problem.invalid("/broadcast/segment", "campaign-segment"));
    Map<String, Object> campaign = new LinkedHashMap<>();
    campaign.put("purpose", "marketing");
    campaign.put("trigger", Map.of("offered", plan.id()));
    campaign.put("audience", Map.of("inSegment", plan.segment()));
    campaign.put("freshness", "P1D");
    campaign.put("reEntry", Map.of("once", true));
    campaign.put(
        "steps", List.of(Map.of("send", ONE_MAIL, "channel", "email", "template", ONE_MAIL)));
    return whole(plan, version, segment, campaign);
  }

  /** A segment as it is published. */
  static Optional<Segment> segment(Definitions definitions, String id) {
    return definitions.newest(Definitions.SEGMENT).stream()
        .filter(body -> id.equals(body.get("id")))
        .findFirst()
        .map(SegmentDocuments::read);
  }

  @SuppressWarnings("unchecked")
  private static Blueprint whole(
      Plan plan, int version, Segment segment, Map<String, Object> campaign) {
    campaign.put("id", plan.id());
    campaign.put("version", version);
    campaign.put("name", plan.name());
    List<Map<String, Object>> steps = new ArrayList<>();
    Map<String, Template> templates = new LinkedHashMap<>();
    for (Map<String, Object> step :
        (List<Map<String, Object>>) campaign.getOrDefault("steps", List.of())) {
      Map<String, Object> named = new LinkedHashMap<>(step);
      if (step.get("template") instanceof String mail) {
        String id = plan.id() + "." + mail;
        named.put("template", id + "@" + version);
        templates.put(mail, Template.read(template(plan, mail, id, version)));
      }
      steps.add(named);
    }
    campaign.put("steps", steps);
    return new Blueprint(segment, CampaignDocuments.read(campaign), templates, plan.name());
  }

  private static Map<String, Object> template(Plan plan, String mail, String id, int version) {
    Map<String, Object> languages = new LinkedHashMap<>();
    plan.mails()
        .getOrDefault(mail, Map.of())
        .forEach((language, words) -> languages.put(language, filled(plan, language, words)));
    return Map.of("id", id, "version", version, "languages", languages);
  }

  @SuppressWarnings("unchecked")
  private static Object filled(Plan plan, String language, Object words) {
    return Filling.of(plan.answers(), language).fill((Map<String, Object>) words);
  }

  /** Stores these versions; nothing counts before it is published. */
  void save(Plan plan, Definitions definitions) {
    int version = campaign.version();
    templates
        .keySet()
        .forEach(
            mail -> {
              String id = plan.id() + "." + mail;
              definitions.save(
                  Definitions.TEMPLATE, id, version, template(plan, mail, id, version));
            });
    definitions.save(Definitions.CAMPAIGN, plan.id(), version, CampaignDocuments.write(campaign));
  }

  /** The rules when this campaign alone is in force. */
  public Published alone(Published.JudgeFactory judges) {
    return Published.of(List.of(segment), List.of(campaign), List.of(campaign), Map.of(), judges);
  }

  /** The ids of its mails, in the order in which they go out. */
  List<String> mails() {
    return campaign.steps().stream()
        .flatMap(
            step ->
                step instanceof Step.Send send
                    ? java.util.stream.Stream.of(send.id())
                    : java.util.stream.Stream.empty())
        .toList();
  }
}
