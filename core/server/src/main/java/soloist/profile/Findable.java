package soloist.profile;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.identity.Identifiers;

/**
 * What a stored profile holds beside the portrait so that an index can find it: its segments, the
 * words of its name, and a draw that puts everybody in one random order, whose beginning is
 * therefore a fair sample.
 */
public final class Findable {
  public static final String SEGMENTS = "segments";
  public static final String DRAW = "draw";

  /** True of who is known by a visitor's number alone; everybody else's document is spared it. */
  static final String ANONYMOUS = "anonymous";

  /**
   * Everybody but visitors and what is left of people who were known from an import only that was
   * undone. Found by the index of visitors, which holds all others under nothing.
   */
  public static final Bson CUSTOMERS = and(eq(ANONYMOUS, null), gte("lastSeen", new Date(0)));

  /** The name as one says it, and from its last word on; folded. */
  static final String CALLED = "called";

  static final String FAMILY = "family";

  private static final int LONGEST = 64;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Findable() {}

  static void append(Document document, Profile profile) {
    document.append(SEGMENTS, profile.memberships.keySet().stream().toList());
    document.append(DRAW, draw(profile.id));
    boolean isAnonymous =
        profile.lastSeen != null
            && Set.of(Identifiers.VISITOR_ID).containsAll(profile.identifiers.keySet());
    if (isAnonymous) {
      document.append(ANONYMOUS, true);
    }
    String name = name(profile).orElse(null);
    document.append(CALLED, name);
    document.append(FAMILY, name == null ? null : name.substring(last(name)));
    Set<String> alike = Alike.keys(profile);
    if (!alike.isEmpty()) {
      document.append(Alike.FIELD, List.copyOf(alike));
    }
  }

  /** A text as it is compared in a search: case, accents and width do not count. */
  static String folded(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String folded =
        Normalizer.normalize(plain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip();
    return folded.substring(0, folded.offsetByCodePoints(0, lengthOf(folded)));
  }

  private static int lengthOf(String text) {
    return Math.min(LONGEST, text.codePointCount(0, text.length()));
  }

  /** No part of a portrait has to do with it, and it never changes. */
  private static int draw(String id) {
    CRC32C crc = new CRC32C();
    crc.update(id.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  static Optional<String> name(Profile profile) {
    String parts =
        String.join(
            " ",
            Stream.of("first_name", "last_name")
                .flatMap(key -> text(profile, key).stream())
                .toList());
    return text(profile, "name")
        .or(() -> Optional.of(parts))
        .map(Findable::folded)
        .filter(name -> !name.isEmpty());
  }

  private static Optional<String> text(Profile profile, String key) {
    return profile
        .trait(key)
        .map(Trait::value)
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  /** Where the last word begins; of a name in 汉字, which has no blanks, the second character. */
  private static int last(String name) {
    int blank = name.lastIndexOf(' ');
    if (blank >= 0) {
      return blank + 1;
    }
    boolean isHan = Character.UnicodeScript.of(name.codePointAt(0)) == Character.UnicodeScript.HAN;
    return isHan && lengthOf(name) > 1 ? name.offsetByCodePoints(0, 1) : 0;
  }
}
