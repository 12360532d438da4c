package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.profile.Alike.Reason;

/** By what two may be one, and by what they are not. */
class AlikeTest {

  @ParameterizedTest
  @CsvSource({
    "ada.lovelace@gmail.com, adalovelace+shop@googlemail.com",
    "ada.lovelace@example.com, ada.lovelcae@example.com",
    "ada.lovelace@gmail.com, ada.lovelace@gmial.com",
    "ada@example.com, ada@exampel.com"
  })
  void nearlyTheSameAddressIsLookedAt(String one, String other) {
    Profile first = person("Ada Lovelace", "email " + one);
    Profile second = person("Ada Lovelace", "email " + other);

    assertEquals(List.of(Reason.MAILBOX), Alike.reasons(first, second));
    assertFound(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ida@example.org",
    "ada.lovelace@example.com, grace.hopper@example.com",
    "a@b.de, a@c.fr"
  })
  void anotherAddressIsNot(String one, String other) {
    assertEquals(
        List.of(), Alike.reasons(person("", "email " + one), person("", "email " + other)));
  }

  @Test
  void aTelephoneAndANameAtAnAddressAre() {
    Profile one = person("Ada Lovelace", "phone +4930123", "street=Quay St. 1", "postcode=10115");
    Profile other = person("ADA LOVELACE", "phone +4930123", "street=quay st 1", "postcode=10115");
    Profile neighbour = person("Bob Babbage", "street=Quay St. 1", "postcode=10115");

    assertEquals(List.of(Reason.PHONE, Reason.ADDRESS), Alike.reasons(one, other));
    assertFound(one, other);
    assertEquals(List.of(), Alike.reasons(one, neighbour));
  }

  @ParameterizedTest
  @CsvSource({"ada, ada, 0", "ada, aad, 1", "ada, ad, 1", "ada, idas, 2", "'', abc, 3"})
  void slipsAreCounted(String one, String other, int slips) {
    assertEquals(slips, Alike.distance(one, other));
    assertEquals(slips, Alike.distance(other, one));
  }

  private static void assertFound(Profile one, Profile other) {
    Set<String> common = new TreeSet<>(Alike.keys(one));
    common.retainAll(Alike.keys(other));
    assertTrue(!common.isEmpty(), () -> "nothing leads from one to the other: " + Alike.keys(one));
  }

  private static Profile person(String name, String... facts) {
    Profile profile = new Profile(name + Arrays.toString(facts));
    put(profile, "name", name);
    for (String fact : facts) {
      int equals = fact.indexOf('=');
      if (equals > 0) {
        put(profile, fact.substring(0, equals), fact.substring(equals + 1));
      } else {
        int blank = fact.indexOf(' ');
        profile
            .identifiers
            .computeIfAbsent(fact.substring(0, blank), _ -> new TreeSet<>())
            .add(fact.substring(blank + 1));
      }
    }
    return profile;
  }

  private static void put(Profile profile, String key, String value) {
    profile.traits.put(key, new Trait(value, "api", Instant.EPOCH, "e"));
  }
}
