package soloist.profile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.junit.jupiter.api.Test;
import soloist.Seed;
import soloist.lane.Unjudgeable;

class ProfileDocumentsTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = Seed.random("documents");
    for (int round = 0; round < Seed.rounds(300, 10_000); round++) {
      Profile profile = profile(random);
      Document written = ProfileDocuments.write(profile);

      Document stored =
          new RawBsonDocument(written, new DocumentCodec()).decode(new DocumentCodec());
      Profile read = ProfileDocuments.read(stored);

      assertEquals(profile.rev + 1, read.rev);
      assertEquals(profile.traits, read.traits);
      assertEquals(profile.consents, read.consents);
      assertEquals(profile.memberships, read.memberships);
      assertEquals(profile.journeys, read.journeys);
      assertEquals(profile.entered, read.entered);
      assertEquals(profile.windows, read.windows);
      assertEquals(profile.identifiers, read.identifiers);
      read.rev--;
      assertEquals(written, ProfileDocuments.write(read));
    }
  }

  @Test
  void aProfileMayHaveSixtyFourKilobytesAndNotMore() {
    Profile profile = new Profile("ada");
    profile.traits.put("note", text(0));
    int room = ProfileSize.MOST_BYTES - ProfileSize.bytes(profile);

    profile.traits.put("note", text(room));
    assertDoesNotThrow(() -> ProfileSize.requireSmall(profile));
    profile.traits.put("note", text(room + 1));
    var fault = assertThrows(Unjudgeable.class, () -> ProfileSize.requireSmall(profile));
    assertTrue(fault.getMessage().contains("ada"));
  }

  @Test
  void manySmallThingsAreTooManyAsWell() {
    Random random = Seed.random("size");
    Profile profile = profile(random);
    for (int i = 0; ProfileSize.bytes(profile) <= ProfileSize.MOST_BYTES; i++) {
      assertDoesNotThrow(() -> ProfileSize.requireSmall(profile));
      profile.identifiers.computeIfAbsent("visitorId", _ -> new TreeSet<>()).add("visitor" + i);
      profile.enter("segment" + i, new Membership(Instant.EPOCH, "e" + i));
    }

    assertThrows(Unjudgeable.class, () -> ProfileSize.requireSmall(profile));
  }

  private static Trait text(int length) {
    return new Trait("x".repeat(length), "api", Instant.EPOCH, "e1");
  }

  private static Profile profile(Random random) {
    Profile profile = new Profile("p" + random.nextInt());
    profile.rev = random.nextInt(9);
    profile.appliedLive = random.nextInt(99);
    profile.firstSeen = random.nextBoolean() ? instant(random) : null;
    profile.dueAt = random.nextBoolean() ? instant(random) : null;
    profile.judgedAt = instant(random);
    for (int i = 0; i < random.nextInt(5); i++) {
      Object value =
          List.of(
                  "文本" + i,
                  true,
                  BigDecimal.valueOf(random.nextLong(), random.nextInt(9)),
                  instant(random))
              .get(random.nextInt(4));
      profile.traits.put("t" + i, new Trait(value, "api", instant(random), "e" + i));
      profile.consents.put("c" + i, new Consent(i % 2 == 0, instant(random), "shop", "e" + i));
      profile.memberships.put("s" + i, new Membership(instant(random), "due:" + i));
      profile.entered.put("k" + i, instant(random));
      profile.windows.put("w" + i, new Window(3, List.of(instant(random), instant(random))));
      profile.identifiers.put("email", new TreeSet<>(List.of("a@b.example", i + "@b.example")));
      profile.journeys.add(
          new Journey(
              "k" + i,
              1,
              "entry" + i,
              i,
              instant(random),
              random.nextBoolean() ? instant(random) : null,
              List.of("a|b"),
              random.nextBoolean() ? "time:" + i : null));
    }
    return profile;
  }

  private static Instant instant(Random random) {
    return Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
  }
}
