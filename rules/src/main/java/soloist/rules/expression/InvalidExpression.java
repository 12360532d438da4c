package soloist.rules.expression;

import java.util.List;

/**
 * A formula that cannot be read: where it stops to make sense, and the key of the words for why.
 */
public final class InvalidExpression extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final int position;
  private final String code;
  private final transient List<String> values;

  /**
   * @param position of the first character at fault, from 0
   * @param code such as {@code formula-bracket}
   * @param values put into the words
   */
  InvalidExpression(int position, String code, String... values) {
    super(code + " at " + position + " " + List.of(values));
    this.position = position;
    this.code = code;
    this.values = List.of(values);
  }

  public int position() {
    return position;
  }

  public String code() {
    return code;
  }

  public List<String> values() {
    return values;
  }
}
