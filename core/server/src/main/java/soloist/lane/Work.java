package soloist.lane;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a lane does with rows: profile, segment, campaign. Pure but for nothing: the profiles are
 * handed in, "now" is the row's time, and the same rows give the same result however they are cut
 * into batches.
 */
public interface Work {

  /**
   * What is known before a batch.
   *
   * @param profiles stored documents by id of everybody who has a row or is due; absent when the
   *     person is new
   * @param refolded what {@link Refolding#end} gave, by id of the row that asks for it
   */
  record Known(Map<String, Document> profiles, Map<String, Document> refolded) {}

  /**
   * Judges rows of one partition in their order, and before each row the dues of its profile up to
   * the row's time.
   *
   * @param versions of the definitions that count, by kind:id
   * @param rows of people, no control rows
   * @param due ids of profiles to take up to {@code dueUntil} after their rows
   */
  Judged judge(
      Map<String, Integer> versions,
      List<Row> rows,
      Known known,
      List<String> due,
      Instant dueUntil);

  /** Folds one person anew. Keeps what it makes of the rows, never the rows. */
  interface Refolding {

    /** Takes a row that was applied before the batch; in any order, each once. */
    void add(Row row);

    /** What all of them and those of the batch come to. */
    Document end();

    /** Who else the person is: their rows are handed in as well. */
    default Collection<Part> parts() {
      return List.of();
    }
  }

  /**
   * Begins to fold the person of a row anew that {@linkplain Row#foldsAnew asks for it}.
   *
   * @param stored the person's document before the batch, null when there is none
   * @param rows the person's rows of the batch up to this one, which is the last
   */
  default Refolding refolding(
      Map<String, Integer> versions, @Nullable Document stored, List<Row> rows) {
    throw new UnsupportedOperationException("this work folds nobody anew");
  }
}
