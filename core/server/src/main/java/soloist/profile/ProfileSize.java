package soloist.profile;

import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import soloist.lane.Unjudgeable;
import soloist.store.DirectCodec;

/** Holds profiles small: every row of a person reads and writes the whole of it. */
public final class ProfileSize {
  static final int MOST_BYTES = 64 << 10;

  private static final int BYTES_PER_CHAR = 3;
  private static final int BYTES_PER_ENTRY = 512;
  private static final int BYTES_PER_INSTANT = 16;
  private static final DirectCodec CODEC = new DirectCodec();

  private ProfileSize() {}

  /**
   * Fails for a profile that has grown beyond 64 KB. Asked after every row, so that which row is
   * one too many does not depend on how rows are cut into batches.
   */
  public static void requireSmall(Profile profile) {
    if (atMost(profile) > MOST_BYTES && bytes(profile) > MOST_BYTES) {
      throw new Unjudgeable(
          "row-profile-full",
          List.of(Integer.toString(MOST_BYTES >> 10)),
          "profile " + profile.id + " would be larger than " + MOST_BYTES + " bytes");
    }
  }

  /** A bound that costs less than writing the profile out. */
  private static long atMost(Profile profile) {
    long entries =
        3L
            + profile.traits.size()
            + profile.consents.size()
            + profile.memberships.size()
            + profile.journeys.size()
            + profile.entered.size()
            + profile.windows.size()
            + profile.asked.size() / 4;
    long chars = 0;
    for (Trait trait : profile.traits.values()) {
      chars += trait.event().length() + (trait.value() instanceof String text ? text.length() : 0);
    }
    for (Consent consent : profile.consents.values()) {
      chars += consent.event().length() + consent.source().length();
    }
    for (Membership membership : profile.memberships.values()) {
      chars += membership.cause().length();
    }
    for (Journey journey : profile.journeys) {
      for (String response : journey.responses()) {
        chars += response.length() + BYTES_PER_INSTANT;
      }
    }
    for (var values : profile.identifiers.values()) {
      for (String value : values) {
        chars += value.length() + BYTES_PER_INSTANT;
      }
    }
    for (Naming naming : profile.named.values()) {
      chars += naming.value().length() + naming.event().length() + 2 * BYTES_PER_INSTANT;
    }
    for (String origin : profile.undone) {
      chars += origin.length() + BYTES_PER_INSTANT;
    }
    long instants = 0;
    for (Window window : profile.windows.values()) {
      instants += window.latest().size();
    }
    return profile.habits.atMostBytes()
        + entries * BYTES_PER_ENTRY
        + chars * BYTES_PER_CHAR
        + instants * BYTES_PER_INSTANT;
  }

  static int bytes(Profile profile) {
    try (var buffer = new BasicOutputBuffer();
        var writer = new BsonBinaryWriter(buffer)) {
      CODEC.encode(writer, ProfileDocuments.write(profile), EncoderContext.builder().build());
      return buffer.getPosition();
    }
  }
}
