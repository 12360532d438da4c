package soloist.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import soloist.identity.Identifiers;

/**
 * By what two profiles may turn out to be one person: the same telephone, the same name at the same
 * address, or nearly the same e-mail address. None of it is proof.
 */
final class Alike {
  /**
   * The field of a stored profile under whose index people with something in common lie together.
   */
  static final String FIELD = "alike";

  private static final int SHORTEST_MAILBOX = 5;
  private static final int LONG_ADDRESS = 12;
  private static final List<String> STREETS = List.of("address", "street");
  private static final List<String> PLACES = List.of("postcode", "zip", "city");

  private Alike() {}

  /** Why two profiles may be one person. */
  enum Reason {
    PHONE,
    ADDRESS,
    MAILBOX;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What whoever is alike has in common with this profile. */
  static Set<String> keys(Profile profile) {
    Set<String> keys = new TreeSet<>();
    phones(profile).forEach(phone -> keys.add("phone:" + phone));
    home(profile).forEach(home -> keys.add("home:" + home));
    for (String email : profile.identifiers(Identifiers.EMAIL)) {
      String mailbox = mailbox(email);
      if (mailbox.length() >= SHORTEST_MAILBOX) {
        keys.add("mailbox:" + mailbox);
      }
    }
    // Of a full name there are few; who mistypes an address has it right.
    name(profile).filter(name -> name.contains(" ")).ifPresent(name -> keys.add("name:" + name));
    return keys;
  }

  static List<Reason> reasons(Profile one, Profile other) {
    List<Reason> reasons = new ArrayList<>();
    if (phones(one).stream().anyMatch(phones(other)::contains)) {
      reasons.add(Reason.PHONE);
    }
    if (home(one).stream().anyMatch(home(other)::contains)) {
      reasons.add(Reason.ADDRESS);
    }
    if (one.identifiers(Identifiers.EMAIL).stream()
        .anyMatch(
            email ->
                other.identifiers(Identifiers.EMAIL).stream()
                    .anyMatch(near -> areNear(email, near)))) {
      reasons.add(Reason.MAILBOX);
    }
    return reasons;
  }

  private static Set<String> phones(Profile profile) {
    return profile.identifiers(Identifiers.PHONE);
  }

  /** Name and address, in each way in which they are known. */
  private static List<String> home(Profile profile) {
    Optional<String> name = name(profile);
    if (name.isEmpty()) {
      return List.of();
    }
    List<String> homes = new ArrayList<>();
    for (String street : texts(profile, STREETS)) {
      texts(profile, PLACES).forEach(place -> homes.add(name.get() + "|" + street + "|" + place));
    }
    return homes;
  }

  private static Optional<String> name(Profile profile) {
    return Findable.name(profile);
  }

  private static List<String> texts(Profile profile, List<String> traits) {
    return traits.stream()
        .flatMap(key -> profile.trait(key).stream())
        .flatMap(
            trait ->
                trait.value() instanceof String text
                    ? Stream.of(Findable.folded(text.replaceAll("[\\s.,-]+", " ")))
                    : Stream.empty())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The part before the @ as most who deliver mail read it. */
  private static String mailbox(String email) {
    String local = email.substring(0, email.lastIndexOf('@'));
    int tag = local.indexOf('+');
    return (tag > 0 ? local.substring(0, tag) : local).replace(".", "");
  }

  private static String domain(String email) {
    String domain = email.substring(email.lastIndexOf('@') + 1);
    return domain.equals("googlemail.com") ? "gmail.com" : domain;
  }

  /** Another spelling of one mailbox, or one slip of the finger (two in a long address). */
  private static boolean areNear(String one, String other) {
    if (one.equals(other)) {
      return false;
    }
    boolean isOneMailbox = mailbox(one).equals(mailbox(other)) && domain(one).equals(domain(other));
    int slips = Math.min(one.length(), other.length()) >= LONG_ADDRESS ? 2 : 1;
    return isOneMailbox || distance(one, other) <= slips;
  }

  /** How many characters differ, are more, or have changed places (Damerau, 1964). */
  static int distance(String one, String other) {
    int[][] steps = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      steps[i][0] = i;
    }
    for (int j = 0; j <= other.length(); j++) {
      steps[0][j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + change);
        boolean areSwapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        steps[i][j] = areSwapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
      }
    }
    return steps[one.length()][other.length()];
  }
}
