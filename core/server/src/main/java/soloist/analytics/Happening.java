package soloist.analytics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that came of a campaign. A number of its results is how many of a kind there are, so
 * that it can always be opened.
 *
 * @param reason why, as a word; empty where there is nothing to say
 * @param step of which it is a message, null of an entry
 * @param decision that is kept, null of an answer
 * @param message null of an entry
 */
record Happening(
    What what,
    int version,
    String reason,
    String profileId,
    Instant at,
    @Nullable String step,
    @Nullable String decision,
    @Nullable String message) {

  enum What {
    /** Entries: somebody may enter more than once. */
    ENTERED,
    DECLINED,
    LEFT,
    /** Messages. */
    WAITING,
    SENT,
    HELD,
    REFUSED,
    /** People, each once in a version. */
    CLICKED,
    UNSUBSCRIBED,
    ORDERED
  }
}
