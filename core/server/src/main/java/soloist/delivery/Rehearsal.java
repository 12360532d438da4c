package soloist.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.campaign.Audience;
import soloist.campaign.Blueprint;
import soloist.campaign.Declined;
import soloist.campaign.Published;
import soloist.job.Jobs;
import soloist.lane.Judged;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.lane.Work;
import soloist.profile.EventTypes;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileSummaries;
import soloist.spi.Channel;

/**
 * What would happen if a campaign were offered to everybody in its segment now: each of them gets
 * the row that they would get, judged by the work of the lanes, and what would be sent is taken to
 * the gates. Nothing is kept and nothing goes out.
 */
public final class Rehearsal {
  private static final int MOST_NAMED = 20;
  private static final String WRITTEN = "written";

  /** Recipes write mails. */
  private static final Channel.Address MAIL = Channel.Address.EMAIL;

  private final Audience audience;
  private final Gates gates;
  private final Function<Published, Work> works;
  private final Published.JudgeFactory judges;
  private final InstantSource clock;

  /**
   * @param works what lanes do with rows while these rules are in force
   */
  public Rehearsal(
      Audience audience,
      Gates gates,
      Function<Published, Work> works,
      Published.JudgeFactory judges,
      InstantSource clock) {
    this.audience = audience;
    this.gates = gates;
    this.works = works;
    this.judges = judges;
    this.clock = clock;
  }

  /** How many people something would happen to, and some of them by name. */
  private static final class Group {
    long count;
    final List<Map<String, Object>> people = new ArrayList<>();

    void add(Profile profile) {
      count++;
      if (people.size() < MOST_NAMED) {
        people.add(Map.of("id", profile.id(), "name", ProfileSummaries.name(profile)));
      }
    }

    Map<String, Object> told() {
      return Map.of("count", count, "people", people);
    }
  }

  /** Goes through all people; each member of the segment comes into exactly one group. */
  Map<String, Object> run(Blueprint blueprint, Jobs.Progress progress) {
    Instant now = clock.instant();
    Group members = new Group();
    Group later = new Group();
    Group written = new Group();
    Map<String, Group> declined = new LinkedHashMap<>();
    Map<String, Group> stopped = new LinkedHashMap<>();
    long everybody = audience.everybody();
    long asked = 0;
    List<Document> people = audience.after("");
    Work work = works.apply(blueprint.alone(judges).with(audience.own()));
    while (!people.isEmpty()) {
      if (!progress.at(blueprint.campaign().id(), asked, everybody)) {
        throw new CancellationException();
      }
      List<Profile> inside =
          people.stream()
              .map(ProfileDocuments::read)
              .filter(profile -> audience.isIn(blueprint.segment(), profile, now))
              .toList();
      Judged judged = offer(work, blueprint, inside, people, now);
      Map<String, Document> messages = firstByPerson(judged.outbox());
      Map<String, Document> decisions = firstByPerson(judged.decisions());
      for (Profile profile : inside) {
        members.add(profile);
        Document message = messages.get(profile.id());
        Document decision = decisions.get(profile.id());
        if (message != null) {
          Optional<String> closed = gates.pass(Queued.of(message), profile, MAIL).closed();
          (closed.isEmpty() ? written : group(stopped, closed.get())).add(profile);
        } else if (decision != null && decision.getString("kind").equals("decline")) {
          group(declined, Declined.why(decision)).add(profile);
        } else {
          later.add(profile);
        }
      }
      asked += people.size();
      people = audience.after(people.getLast().getString("_id"));
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("at", now);
    told.put("members", members.told());
    told.put(WRITTEN, written.told());
    told.put("later", later.told());
    told.put("stopped", told(stopped));
    told.put("declined", told(declined));
    return told;
  }

  private static Judged offer(
      Work work, Blueprint blueprint, List<Profile> people, List<Document> stored, Instant now) {
    String campaign = blueprint.campaign().id();
    List<Row> rows =
        people.stream()
            .map(
                profile ->
                    new Row(
                        "rehearsal:" + campaign + ":" + profile.id(),
                        Partitions.of(profile.id()),
                        Row.Source.LIVE,
                        profile.position() + 1,
                        profile.id(),
                        List.of(),
                        EventTypes.OFFERED,
                        now,
                        now,
                        "system",
                        Map.of(),
                        Map.of("campaign", campaign)))
            .toList();
    Map<String, Document> profiles = new HashMap<>();
    stored.forEach(
        document -> {
          // What is due for a person now belongs to other campaigns and is not rehearsed.
          profiles.put(document.getString("_id"), new Document(document).append("dueAt", null));
        });
    return work.judge(Map.of(), rows, new Work.Known(profiles, Map.of()), List.of(), now);
  }

  private static Map<String, Document> firstByPerson(List<Document> documents) {
    Map<String, Document> first = new HashMap<>();
    documents.forEach(each -> first.putIfAbsent(each.getString("profileId"), each));
    return first;
  }

  private static Group group(Map<String, Group> groups, @Nullable String reason) {
    return groups.computeIfAbsent(reason == null ? "" : reason, _ -> new Group());
  }

  private static List<Map<String, Object>> told(Map<String, Group> groups) {
    return groups.entrySet().stream()
        .map(
            entry -> {
              Map<String, Object> told = new LinkedHashMap<>(entry.getValue().told());
              told.put("reason", entry.getKey());
              return told;
            })
        .toList();
  }
}
