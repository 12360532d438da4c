package soloist.lane;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * What a lane does with rows: profile, segment, campaign. Pure but for nothing: the profiles are
 * handed in, "now" is the row's time, and the same rows give the same result however they are cut
 * into batches.
 */
public interface Work {

  /**
   * Judges rows of one partition in their order, and before each row the dues of its profile up to
   * the row's time.
   *
   * @param versions of the definitions that count, by kind:id
   * @param rows of people, no control rows
   * @param profiles stored documents by id of everybody who has a row or is due; absent when the
   *     person is new
   * @param due ids of profiles to take up to {@code dueUntil} after their rows
   */
  Judged judge(
      Map<String, Integer> versions,
      List<Row> rows,
      Map<String, Document> profiles,
      List<String> due,
      Instant dueUntil);
}
