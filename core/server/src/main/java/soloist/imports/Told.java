package soloist.imports;

import soloist.ingest.EventInput;
import soloist.spi.Fetched;

/** What a record of a file comes to after the checks that every event passes. */
sealed interface Told {
  long row();

  /**
   * Something about a person.
   *
   * @param leftOut how many lines of an order did not fit in
   */
  record Event(long row, EventInput input, int leftOut) implements Told {}

  /** Something that is sold. */
  record Goods(long row, Fetched.Product product) implements Told {}

  /** An order that names no buyer. */
  record Ownerless(long row) implements Told {}

  /** Nothing that can be taken. */
  record Refused(Reject reject) implements Told {
    @Override
    public long row() {
      return reject.row();
    }
  }
}
