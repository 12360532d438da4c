package soloist.privacy;

import static com.mongodb.client.model.Filters.eq;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import soloist.store.Store;
import soloist.store.Values;

/**
 * The person whose data are asked for, and by what to find them where no id stands.
 *
 * @param profile its id
 * @param identifiers as kind:value
 * @param names as people wrote them
 */
public record Subject(String profile, Set<String> identifiers, Set<String> names) {
  /** A shorter text would be found in what is about somebody else. */
  private static final int SHORTEST = 4;

  private static final Set<String> TELLING = Set.of("email", "phone");
  private static final List<String> NAMES = List.of("name", "first_name", "last_name");
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          Charset.forName("GB18030"));

  public Subject {
    identifiers = Set.copyOf(identifiers);
    names = Set.copyOf(names);
  }

  static Subject of(Store store, Document profile) {
    Set<String> identifiers = new TreeSet<>();
    Document known = Values.document(profile, "identifiers");
    known.forEach(
        (kind, values) -> ((List<?>) values).forEach(value -> identifiers.add(kind + ":" + value)));
    store
        .identifiers()
        .find(eq("profileId", profile.getString("_id")))
        .forEach(each -> identifiers.add(each.getString("_id")));
    Set<String> names = new TreeSet<>();
    Document traits = Values.document(profile, "traits");
    for (String key : NAMES) {
      if (traits.get(key) instanceof Document trait && trait.get("value") instanceof String name) {
        names.add(name);
      }
    }
    return new Subject(profile.getString("_id"), identifiers, names);
  }

  /** The same person under another of their ids. */
  Subject as(String otherProfile) {
    return new Subject(otherProfile, identifiers, names);
  }

  /** Addresses of one kind. */
  Set<String> addresses(String kind) {
    Set<String> addresses = new TreeSet<>();
    identifiers.stream()
        .filter(each -> each.startsWith(kind + ":"))
        .forEach(each -> addresses.add(each.substring(kind.length() + 1)));
    return addresses;
  }

  /** Texts that are about nobody else: the id, mail addresses, phone numbers. */
  public Set<String> own() {
    Set<String> texts = new LinkedHashSet<>(Set.of(profile));
    TELLING.forEach(kind -> texts.addAll(addresses(kind)));
    return texts;
  }

  /** All texts that point at the person. */
  public Set<String> texts() {
    Set<String> texts = new LinkedHashSet<>(own());
    Stream.concat(
            identifiers.stream().map(each -> each.substring(each.indexOf(':') + 1)), names.stream())
        .filter(text -> text.length() >= SHORTEST)
        .forEach(texts::add);
    return texts;
  }

  /** Whether a text says one of these, in capitals or not. */
  static boolean says(String text, Set<String> sought) {
    String small = text.toLowerCase(Locale.ROOT);
    return sought.stream().anyMatch(each -> small.contains(each.toLowerCase(Locale.ROOT)));
  }

  /** What finds these texts in bytes, in the encodings in which files come. */
  public static Predicate<byte[]> in(Set<String> sought) {
    Set<String> patterns =
        sought.stream()
            .flatMap(text -> CHARSETS.stream().map(text::getBytes))
            .map(Subject::small)
            .collect(Collectors.toSet());
    return bytes -> {
      String small = small(bytes);
      return patterns.stream().anyMatch(small::contains);
    };
  }

  /** A character a byte. */
  private static String small(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  Document toDocument() {
    return new Document("profile", profile)
        .append("identifiers", new ArrayList<>(identifiers))
        .append("names", new ArrayList<>(names));
  }

  static Subject of(Document stored) {
    return new Subject(
        stored.getString("profile"),
        Set.copyOf(stored.getList("identifiers", String.class)),
        Set.copyOf(stored.getList("names", String.class)));
  }
}
