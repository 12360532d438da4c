package soloist.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import soloist.identity.Identifiers;
import soloist.ingest.Ingest;
import soloist.privacy.Suppressions;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.Roots;
import soloist.store.Store;

/** Whose consent an owner may vouch for: nobody's who has said No, to anything and at any time. */
final class Vouching {
  private static final String CHANNEL = "email";

  private final Store store;
  private final Suppressions suppressions;

  Vouching(Store store, Suppressions suppressions) {
    this.store = store;
    this.suppressions = suppressions;
  }

  /**
   * Leaves out who has withdrawn, unsubscribed or is suppressed under any address that is known.
   *
   * @param taken whose each event is
   */
  List<Told.Event> without(List<Told.Event> events, List<Ingest.Taken> taken) {
    Map<String, Profile> profiles = new HashMap<>();
    Roots.findAll(store, taken.stream().map(Ingest.Taken::profileId).toList())
        .forEach((id, root) -> profiles.put(id, ProfileDocuments.read(root)));
    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      addresses.addAll(addresses(events.get(i), profiles.get(taken.get(i).profileId())));
    }
    Set<String> suppressed = suppressions.among(CHANNEL, addresses);
    List<Told.Event> willing = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Profile profile = profiles.get(taken.get(i).profileId());
      boolean hasSaidNo =
          taken.get(i).profileId().isEmpty()
              || (profile != null && profile.hasWithdrawn())
              || addresses(events.get(i), profile).stream().anyMatch(suppressed::contains);
      if (!hasSaidNo) {
        willing.add(events.get(i));
      }
    }
    return willing;
  }

  private static Set<String> addresses(Told.Event event, @Nullable Profile profile) {
    Set<String> addresses = new HashSet<>();
    String told = event.input().identifiers().get(Identifiers.EMAIL);
    if (told != null) {
      addresses.add(told);
    }
    if (profile != null) {
      addresses.addAll(profile.identifiers(Identifiers.EMAIL));
    }
    return addresses;
  }
}
