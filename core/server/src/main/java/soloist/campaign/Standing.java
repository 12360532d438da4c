package soloist.campaign;

import java.util.Map;

/**
 * Whether a campaign lets people in and leads them on. Published like a version, so each row is
 * judged by exactly one; a campaign of which nothing is said is open.
 */
public enum Standing {
  OPEN,
  /** Nobody enters, and those inside wait where they are. */
  PAUSED,
  /** Nobody enters, and those inside leave when they are due next. */
  ENDED;

  /** The kind under which it is published. */
  public static final String KIND = "standing";

  static Standing of(Map<String, Integer> versions, String campaign) {
    return values()[versions.getOrDefault(KIND + ":" + campaign, OPEN.ordinal())];
  }
}
