package soloist.rules.document;

/** A document that cannot be read: what is wrong, where, and how to mend it. */
public final class InvalidDocument extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String pointer;

  /**
   * @param pointer JSON pointer to the value at fault; empty for the whole document
   * @param what ends the sentence that begins with the place
   * @param mend an order, such as {@code write it like P30D}
   */
  public InvalidDocument(String pointer, String what, String mend) {
    super((pointer.isEmpty() ? "the document" : pointer) + " " + what + "; " + mend);
    this.pointer = pointer;
  }

  public String pointer() {
    return pointer;
  }
}
