package soloist.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bson.Document;
import soloist.identity.Identifiers;

/** People as lists show them. */
public final class ProfileSummaries {
  private final BiFunction<String, String, Map<String, Object>> names;

  /**
   * @param names by language of a definition, given its kind and id
   */
  public ProfileSummaries(BiFunction<String, String, Map<String, Object>> names) {
    this.names = names;
  }

  public List<Map<String, Object>> of(Collection<Document> profiles) {
    return profiles.stream().map(ProfileDocuments::read).map(this::of).toList();
  }

  Map<String, Object> of(Profile profile) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", profile.id());
    summary.put("name", name(profile));
    summary.put("identifiers", identifiers(profile));
    Map<String, Object> traits = new LinkedHashMap<>();
    profile.traits.forEach((key, trait) -> traits.put(key, trait.value()));
    summary.put("traits", traits);
    List<Map<String, Object>> segments = new ArrayList<>();
    profile.memberships.forEach(
        (id, _) -> segments.add(Map.of("id", id, "name", names.apply("segment", id))));
    summary.put("segments", segments);
    summary.put("firstSeen", profile.firstSeen);
    summary.put("lastSeen", profile.lastSeen);
    return summary;
  }

  private static Map<String, Object> identifiers(Profile profile) {
    Map<String, Object> identifiers = new LinkedHashMap<>();
    profile.identifiers.forEach((kind, values) -> identifiers.put(kind, List.copyOf(values)));
    return identifiers;
  }

  /** What to call a person: the name they told, else an identifier. */
  public static String name(Profile profile) {
    return text(profile, "name")
        .or(() -> text(profile, "first_name").map(first -> full(profile, first)))
        .or(
            () ->
                Identifiers.KINDS.stream()
                    .flatMap(kind -> profile.identifiers(kind).stream())
                    .findFirst())
        .orElse(profile.id());
  }

  private static String full(Profile profile, String first) {
    return text(profile, "last_name").map(last -> first + " " + last).orElse(first);
  }

  private static Optional<String> text(Profile profile, String key) {
    return profile.trait(key).map(trait -> trait.value().toString());
  }
}
