package soloist.rules.judge;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.Step;
import soloist.rules.campaign.Trigger;
import soloist.rules.condition.Condition;

/**
 * What a judge is built from, checked, each ordered by id, then version.
 *
 * @param open versions whose trigger may start somebody
 * @param running all versions that may have people inside; contains all that are open
 */
record Campaigns(List<Campaign> open, List<Campaign> running) {

  Campaigns(Collection<Campaign> open, Collection<Campaign> running) {
    this(ordered(open), ordered(running));
    if (!Set.copyOf(this.running).containsAll(this.open)) {
      throw new IllegalArgumentException("an open campaign is not among the running ones");
    }
  }

  static String step(Campaign campaign, Step step) {
    return new Cause.StepReached(campaign.id(), campaign.version(), step.id()).key();
  }

  /** One way into a campaign version: the cause, and the condition that then lets people in. */
  record Entry(String name, String causeKey, Condition when) {
    String rule(String part) {
      return name + "/" + part;
    }
  }

  /** The ways into a campaign version: its own trigger, and the owner's offer. */
  static List<Entry> entries(Campaign campaign) {
    String own = new Cause.Triggered(campaign.trigger()).key();
    String offer = new Cause.Triggered(new Trigger.Offered(campaign.id())).key();
    Entry offered = new Entry(campaign.versionedId() + "/offered", offer, campaign.offered());
    return own.equals(offer)
        ? List.of(offered)
        : List.of(new Entry(campaign.versionedId(), own, campaign.entry()), offered);
  }

  /** The key of every cause for which some campaign decides something. */
  Set<String> causes() {
    Set<String> keys = new HashSet<>();
    open.forEach(campaign -> entries(campaign).forEach(entry -> keys.add(entry.causeKey())));
    running.forEach(campaign -> campaign.steps().forEach(step -> keys.add(step(campaign, step))));
    return Set.copyOf(keys);
  }

  private static List<Campaign> ordered(Collection<Campaign> campaigns) {
    Set<String> ids = new HashSet<>();
    for (Campaign campaign : campaigns) {
      if (!ids.add(campaign.versionedId())) {
        throw new IllegalArgumentException("campaign " + campaign.versionedId() + " comes twice");
      }
    }
    return campaigns.stream()
        .sorted(Comparator.comparing(Campaign::id).thenComparing(Campaign::version))
        .toList();
  }
}
