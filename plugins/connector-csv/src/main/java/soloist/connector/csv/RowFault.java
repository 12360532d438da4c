package soloist.connector.csv;

import soloist.spi.Fetched;
import soloist.spi.Text;

/** One row cannot be taken. Thrown within this package only and caught row by row. */
final class RowFault extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;
  private final Fault fault;
  private final transient Text reason;

  /**
   * @param field the column, empty for the whole row
   * @param values what the sentence names
   */
  RowFault(String field, Fault fault, Object... values) {
    super(fault.word(), null, false, false);
    this.field = field;
    this.fault = fault;
    this.reason = fault.reason(values);
  }

  Fetched.Rejected rejected(long row, String raw) {
    return new Fetched.Rejected(
        row,
        field,
        fault.word(),
        reason,
        raw.length() <= Records.LONGEST_RAW ? raw : raw.substring(0, Records.LONGEST_RAW));
  }
}
