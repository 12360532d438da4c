package soloist.rules.judge;

import java.util.ArrayList;
import java.util.List;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.Step;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Condition.Not;

/**
 * One rule: when a situation's cause has the key and the condition holds, the decision is taken.
 * The decision's {@link Decision#rule} is the rule's name.
 */
record Rule(String causeKey, Condition when, Decision then) {

  /** Every rule of the campaigns. At most one of those of one campaign version fits a situation. */
  static List<Rule> of(Campaigns campaigns) {
    List<Rule> rules = new ArrayList<>();
    campaigns.open().forEach(campaign -> addEntry(campaign, rules));
    campaigns
        .running()
        .forEach(campaign -> campaign.steps().forEach(step -> addStep(campaign, step, rules)));
    return rules;
  }

  private static void addEntry(Campaign campaign, List<Rule> rules) {
    String id = campaign.id();
    int version = campaign.version();
    Campaigns.entries(campaign)
        .forEach(
            entry -> {
              var start = new Decision.Start(id, version, entry.rule("start"));
              var decline = new Decision.Decline(id, version, entry.rule("decline"));
              rules.add(new Rule(entry.causeKey(), entry.when(), start));
              rules.add(new Rule(entry.causeKey(), new Not(entry.when()), decline));
            });
  }

  private static void addStep(Campaign campaign, Step step, List<Rule> rules) {
    String id = campaign.id();
    int version = campaign.version();
    String name = campaign.versionedId() + "/" + step.id();
    String key = Campaigns.step(campaign, step);
    switch (step) {
      case Step.Send send -> {
        rules.add(
            new Rule(
                key,
                send.onlyIf(),
                new Decision.Send(id, version, name, send.id(), send.channel(), send.template())));
        rules.add(
            new Rule(
                key,
                new Not(send.onlyIf()),
                new Decision.Skip(id, version, name + "/skip", send.id())));
      }
      case Step.Wait wait ->
          rules.add(
              new Rule(
                  key,
                  new Condition.All(List.of()),
                  new Decision.Wait(id, version, name, wait.id(), wait.time())));
    }
  }
}
