package soloist.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.profile.Profile;
import soloist.profile.ProfileFacts;
import soloist.profile.ProfileFold;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Segment;

/** What changes a membership, and what of it is news. */
class MembershipsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  @Test
  void aNewDefinitionIsNoNewsToThoseWhoAreThere() {
    Profile profile = spent("100.00");
    Segment segment = atLeast(1, "50.00");

    Memberships.catchUp(profile, List.of(segment), facts(profile), "row");

    assertTrue(profile.isIn("vip"));
    assertEquals(List.of(), Memberships.update(profile, List.of(segment), facts(profile), "row"));
  }

  @Test
  void anotherVersionIsAskedOnceAndSilently() {
    Profile profile = spent("100.00");
    Memberships.catchUp(profile, List.of(atLeast(1, "50.00")), facts(profile), "row");

    Memberships.catchUp(profile, List.of(atLeast(2, "500.00")), facts(profile), "row");

    assertFalse(profile.isIn("vip"));
    assertEquals(
        List.of(),
        Memberships.update(profile, List.of(atLeast(2, "500.00")), facts(profile), "row"));
  }

  @Test
  void toANewPersonEverythingIsNews() {
    Profile profile = new Profile("p");
    Segment segment = atLeast(1, "50.00");
    Memberships.catchUp(profile, List.of(segment), facts(profile), "row");
    ProfileFold.apply(profile, order("100.00"), Set.of());

    Memberships.catchUp(profile, List.of(segment), facts(profile), "row");

    assertEquals(
        List.of(new Memberships.Change("vip", true)),
        Memberships.update(profile, List.of(segment), facts(profile), "row"));
  }

  @Test
  void anOfferSaysNothingOfItsPerson() {
    Profile profile = spent("100.00");
    Profile same = spent("100.00");

    ProfileFold.apply(profile, row(2, EventTypes.OFFERED, Map.of("campaign", "c")), Set.of());

    assertEquals(2, profile.position());
    assertEquals(same.traits(), profile.traits());
    assertEquals(same.segments(), profile.segments());
  }

  private static Segment atLeast(int version, String total) {
    return new Segment(
        "vip",
        version,
        Map.of("en", "VIP"),
        new Condition.TraitIs("spent_EUR", Condition.Comparison.AT_LEAST, new BigDecimal(total)));
  }

  private static Profile spent(String total) {
    Profile profile = new Profile("p");
    ProfileFold.apply(profile, order(total), Set.of());
    return profile;
  }

  private static Row order(String total) {
    return row(1, EventTypes.ORDER, Map.of("total", new BigDecimal(total), "currency", "EUR"));
  }

  private static Row row(long position, String type, Map<String, Object> properties) {
    return new Row(
        "row-" + position,
        0,
        Row.Source.LIVE,
        position,
        "p",
        List.of(),
        type,
        NOW,
        NOW,
        "api",
        Map.of(),
        properties);
  }

  private static ProfileFacts facts(Profile profile) {
    return new ProfileFacts(profile, NOW, NOW, null);
  }
}
