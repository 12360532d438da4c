package soloist.lane;

import java.util.List;

/** A row cannot be judged, and a person can be told why and how to mend it. */
public final class Unjudgeable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final List<String> values;

  /**
   * @param code of the sentence in {@code texts.json}, which has room for the values
   * @param detail what the log and whoever looks into it need beside it, such as ids
   */
  public Unjudgeable(String code, List<String> values, String detail) {
    super(detail);
    this.code = code;
    this.values = List.copyOf(values);
  }

  String code() {
    return code;
  }

  List<String> values() {
    return values;
  }
}
