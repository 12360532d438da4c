package soloist.rules.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.Step;
import soloist.rules.condition.Conditions;

/**
 * The meaning of campaigns in plain Java: the reference that {@link DroolsJudge} is held to, and
 * what judges when the engine cannot.
 */
public final class InterpretingJudge implements Judge {

  private final Campaigns campaigns;
  private final Set<String> causes;

  /**
   * @param open versions whose trigger may start somebody
   * @param running all versions that may have people inside, the open ones among them
   */
  public InterpretingJudge(Collection<Campaign> open, Collection<Campaign> running) {
    campaigns = new Campaigns(open, running);
    causes = campaigns.causes();
  }

  @Override
  public boolean concerns(Cause cause) {
    return causes.contains(cause.key());
  }

  @Override
  public List<List<Decision>> judge(List<Situation> situations) {
    return situations.stream().map(this::judge).toList();
  }

  private List<Decision> judge(Situation situation) {
    String key = situation.cause().key();
    List<Decision> decisions = new ArrayList<>();
    for (Campaign campaign : campaigns.open()) {
      for (Campaigns.Entry entry : Campaigns.entries(campaign)) {
        if (entry.causeKey().equals(key)) {
          decisions.add(entry(campaign, entry, situation));
        }
      }
    }
    if (situation.cause() instanceof Cause.StepReached reached) {
      for (Campaign campaign : campaigns.running()) {
        step(campaign, reached).ifPresent(step -> decisions.add(next(campaign, step, situation)));
      }
    }
    return List.copyOf(decisions);
  }

  private static Optional<Step> step(Campaign campaign, Cause.StepReached reached) {
    return campaign.steps().stream()
        .filter(
            step ->
                campaign.id().equals(reached.campaign())
                    && campaign.version() == reached.version()
                    && step.id().equals(reached.step()))
        .findFirst();
  }

  private static Decision entry(Campaign campaign, Campaigns.Entry entry, Situation situation) {
    String id = campaign.id();
    int version = campaign.version();
    return Conditions.test(entry.when(), situation.facts())
        ? new Decision.Start(id, version, entry.rule("start"))
        : new Decision.Decline(id, version, entry.rule("decline"));
  }

  private static Decision next(Campaign campaign, Step step, Situation situation) {
    String id = campaign.id();
    int version = campaign.version();
    String rule = campaign.versionedId() + "/" + step.id();
    return switch (step) {
      case Step.Send send ->
          Conditions.test(send.onlyIf(), situation.facts())
              ? new Decision.Send(id, version, rule, send.id(), send.channel(), send.template())
              : new Decision.Skip(id, version, rule + "/skip", send.id());
      case Step.Wait wait -> new Decision.Wait(id, version, rule, wait.id(), wait.time());
    };
  }
}
