package soloist.campaign;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.store.Values;

/**
 * All whom one cause starts in one campaign. A cause is something that can concern many people at
 * once although none of them did anything: an import whose rows are news, or an hour in which they
 * become due, a profiler that has learnt anew, or a campaign that lets in those who are in its
 * segment already. What a person does is that person's own and makes no wave; a broadcast has its
 * window.
 *
 * @param cause {@code import:} and its id, {@code time:} and the hour, {@code scores:} and the
 *     model, or {@code offer:} and the version
 */
record Wave(String campaign, String cause) {
  private static final String IMPORT = "import:";
  private static final String TIME = "time:";
  private static final String SCORES = "scores:";
  private static final String OFFER = "offer:";

  /** The cause that a row is part of, null for a row of its own. */
  static @Nullable String of(Row row) {
    if (row.type().equals(EventTypes.OFFERED)) {
      return row.properties().get("wave") instanceof String wave ? wave : null;
    }
    if (row.type().equals(EventTypes.SCORED)) {
      return SCORES + row.properties().get("model");
    }
    return row.origin().startsWith(IMPORT) ? row.origin() : null;
  }

  /** The cause that an offer to everybody in a segment is. */
  static String offer(int version) {
    return OFFER + version;
  }

  /** The cause that a due is part of. */
  static String of(Instant due) {
    return TIME + due.truncatedTo(ChronoUnit.HOURS);
  }

  /** As messages name it. */
  static Wave named(String key) {
    int slash = key.indexOf('/');
    return new Wave(key.substring(0, slash), key.substring(slash + 1));
  }

  String key() {
    return campaign + "/" + cause;
  }

  String id() {
    return Values.hash("wave", campaign, cause);
  }

  /** {@code import}, {@code time}, {@code scores} or {@code offer}. */
  String kind() {
    return cause.substring(0, cause.indexOf(':'));
  }

  /** The import, the hour, the model, or the version. */
  String subject() {
    return cause.substring(cause.indexOf(':') + 1);
  }
}
