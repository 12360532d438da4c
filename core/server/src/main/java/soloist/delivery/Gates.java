package soloist.delivery;

import static com.mongodb.client.model.Filters.eq;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import soloist.campaign.Standing;
import soloist.identity.Identifiers;
import soloist.privacy.Suppressions;
import soloist.profile.Consent;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
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
   * put the message into the outbox has not written it yet.
   */
  Optional<Profile> profile(Queued row) {
    return Optional.ofNullable(store.profiles().find(eq("_id", row.profileId())).first())
        .map(ProfileDocuments::read)
        .filter(profile -> profile.position() >= row.position());
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
        switch (reach) {
          case EMAIL -> profile.identifiers(Identifiers.EMAIL);
          case PHONE -> profile.identifiers(Identifiers.PHONE);
          case USER_ID -> profile.identifiers(Identifiers.USER_ID);
          case PERSON -> Set.of(profile.id());
        };
    String address = addresses.stream().findFirst().orElse("");
    if (!gate(
        gates,
        "address",
        !address.isEmpty(),
        Map.of("by", reach.name().toLowerCase(Locale.ROOT), "known", addresses.size()))) {
      return new Passage(profile, address, gates, Optional.of("no-address"));
    }
    Optional<Consent> consent = profile.consent(row.purpose());
    Map<String, Object> saw = new java.util.LinkedHashMap<>(Map.of("purpose", row.purpose()));
    consent.ifPresent(
        given -> {
          saw.put("granted", given.granted());
          saw.put("source", given.source());
          saw.put("time", given.time());
        });
    if (!gate(gates, "consent", consent.isPresent() && consent.get().granted(), saw)) {
      return new Passage(profile, address, gates, Optional.of("no-consent"));
    }
    boolean isSuppressed = suppressions.contains(row.channel(), address);
    if (!gate(gates, "suppression", !isSuppressed, Map.of())) {
      return new Passage(profile, address, gates, Optional.of("suppressed"));
    }
    return new Passage(profile, address, gates, Optional.empty());
  }

  private static boolean gate(
      List<Document> gates, String name, boolean passed, Map<String, ?> saw) {
    gates.add(
        new Document("gate", name).append("passed", passed).append("saw", Values.stored(saw)));
    return passed;
  }
}
