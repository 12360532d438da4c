package soloist.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import soloist.campaign.Standing;
import soloist.identity.Identifiers;
import soloist.lane.Part;
import soloist.privacy.Suppressions;
import soloist.profile.Consent;
import soloist.profile.Naming;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.Roots;
import soloist.spi.Channel;
import soloist.store.Store;
import soloist.store.Values;

/**
 * What every message must pass right before it is sent, in one place that no path avoids. Consent
 * is read from the profile as it is now; suppression comes last.
 */
public final class Gates {

  /**
   * The person and address to send to, and what each gate saw. The first gate that is closed is the
   * last in the list.
   */
  record Passage(Profile profile, String address, List<Document> gates, Optional<String> closed) {}

  private final Store store;
  private final Suppressions suppressions;
  private final Function<String, Standing> standings;

  /**
   * @param standings of campaigns, by id
   */
  public Gates(Store store, Suppressions suppressions, Function<String, Standing> standings) {
    this.store = store;
    this.suppressions = suppressions;
    this.standings = standings;
  }

  /** Whether it waits until its campaign goes on. */
  boolean isPaused(Queued row) {
    return standings.apply(row.campaign()) == Standing.PAUSED;
  }

  /**
   * The profile to send to; empty as long as it is older than the decision, because the commit that
   * put the message into the outbox has not written it yet. Of somebody who has become another
   * person it is that person's, once they have taken them in.
   */
  Optional<Profile> profile(Queued row) {
    Optional<Profile> decided =
        Optional.ofNullable(store.profiles().find(eq("_id", row.profileId())).first())
            .map(ProfileDocuments::read)
            .filter(profile -> profile.position() >= row.position());
    return decided.isEmpty() || decided.get().into().isEmpty()
        ? decided
        : Roots.find(store, row.profileId())
            .map(ProfileDocuments::read)
            .filter(profile -> profile.parts().containsKey(row.profileId()));
  }

  /**
   * @param reach by which the channel reaches people
   */
  Passage pass(Queued row, Profile profile, Channel.Address reach) {
    List<Document> gates = new ArrayList<>();
    // Only a campaign that was stopped is a gate: of any other there is nothing to say.
    if (standings.apply(row.campaign()) == Standing.ENDED) {
      gate(gates, "campaign", false, Map.of());
      return new Passage(profile, "", gates, Optional.of("campaign-ended"));
    }
    Set<String> addresses =
        kind(reach).map(profile::identifiers).orElseGet(() -> Set.of(profile.id()));
    Map<String, Object> reached = new LinkedHashMap<>();
    reached.put("by", reach.name().toLowerCase(Locale.ROOT));
    reached.put("known", addresses.size());
    String address = address(profile, reach, addresses, reached);
    if (!gate(gates, "address", !address.isEmpty(), reached)) {
      return new Passage(profile, address, gates, Optional.of("no-address"));
    }
    Optional<Consent> consent = profile.consent(row.purpose());
    Map<String, Object> saw = new LinkedHashMap<>(Map.of("purpose", row.purpose()));
    consent.ifPresent(
        given -> {
          saw.put("granted", given.granted());
          saw.put("source", given.source());
          saw.put("time", given.time());
        });
    if (!gate(gates, "consent", consent.isPresent() && consent.get().granted(), saw)) {
      return new Passage(profile, address, gates, Optional.of("no-consent"));
    }
    if (!profile.parts().isEmpty() && !gate(gates, "once", !isTwice(row, profile), Map.of())) {
      return new Passage(profile, address, gates, Optional.of("sent-as-another"));
    }
    boolean isSuppressed = suppressions.contains(row.channel(), address);
    if (!gate(gates, "suppression", !isSuppressed, Map.of())) {
      return new Passage(profile, address, gates, Optional.of("suppressed"));
    }
    return new Passage(profile, address, gates, Optional.empty());
  }

  /**
   * Of several addresses the one by which the latest event called the person: who changes to
   * another one says so by using it.
   */
  private static String address(
      Profile profile, Channel.Address reach, Set<String> addresses, Map<String, Object> saw) {
    Optional<Naming> last =
        kind(reach).flatMap(profile::lastNamed).filter(each -> addresses.contains(each.value()));
    if (last.isPresent() && addresses.size() > 1) {
      saw.put("named", last.get().at());
      saw.put("event", last.get().event());
    }
    return last.map(Naming::value).or(() -> addresses.stream().findFirst()).orElse("");
  }

  private static Optional<String> kind(Channel.Address reach) {
    return switch (reach) {
      case EMAIL -> Optional.of(Identifiers.EMAIL);
      case PHONE -> Optional.of(Identifiers.PHONE);
      case USER_ID -> Optional.of(Identifiers.USER_ID);
      case PERSON -> Optional.empty();
    };
  }

  /**
   * Whether the person was written the same under another id before it was known that they are one:
   * of two messages that were decided until then the one with the smaller id goes.
   */
  private boolean isTwice(Queued row, Profile profile) {
    Set<String> others = new HashSet<>(profile.parts().keySet());
    others.add(profile.id());
    others.remove(row.profileId());
    Instant one =
        profile.parts().values().stream()
            .filter(
                part ->
                    row.profileId().equals(profile.id())
                        || part.profileId().equals(row.profileId()))
            .map(Part::at)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    return !row.queuedAt().isAfter(one)
        && store
                .outbox()
                .find(
                    and(
                        eq("campaign", row.campaign()),
                        in("profileId", others),
                        eq("step", row.step()),
                        lte("queuedAt", Date.from(one)),
                        or(
                            in("state", "inflight", "sent", "uncertain"),
                            and(in("state", "queued", "claimed"), lt("_id", row.id())))))
                .first()
            != null;
  }

  private static boolean gate(
      List<Document> gates, String name, boolean passed, Map<String, ?> saw) {
    gates.add(
        new Document("gate", name).append("passed", passed).append("saw", Values.stored(saw)));
    return passed;
  }
}
