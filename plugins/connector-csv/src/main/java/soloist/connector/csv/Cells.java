package soloist.connector.csv;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Mapping;
import soloist.spi.Text;

/**
 * The cells of a row by what they mean, in their types. Text is brought to one line: a line break
 * or another control character in it becomes a space, since a name such as {@code "Ada\r\nBcc: x"}
 * may one day stand in a header. In an identifier it is a fault. Nothing is ever computed: {@code
 * =1+1} is a text.
 */
final class Cells {
  private static final List<String> IDENTIFIERS = List.of("email", "userId", "phone");
  private static final int LONGEST_ID = 128;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}+");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
  private static final Pattern ROUNDED = Pattern.compile("[0-9](\\.[0-9]+)?E\\+[0-9]{1,2}");
  private static final String TRAIT = "trait:";

  private final Layout layout;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private List<String> fields = List.of();

  Cells(Layout layout, Mapping mapping) throws Unreadable {
    this.layout = layout;
    if (mapping.targets().size() != layout.columns().size()) {
      throw new Unreadable(
          new Text(
              "The file has "
                  + layout.columns().size()
                  + " columns, but "
                  + mapping.targets().size()
                  + " were mapped. Look at the file again.",
              "文件有 "
                  + layout.columns().size()
                  + " 列，但对应了 "
                  + mapping.targets().size()
                  + " 列。请重新查看文件。"));
    }
    for (int i = 0; i < mapping.targets().size(); i++) {
      String target = mapping.targets().get(i);
      if (!target.isEmpty() && columns.putIfAbsent(target, i) != null) {
        throw new Unreadable(
            new Text(
                "Two columns are mapped to '" + target + "'. Leave one of them out.",
                "有两列都对应“" + target + "”。请去掉其中一列。"));
      }
    }
  }

  /** Takes the next row. */
  void take(List<String> row) {
    fields = row;
  }

  /** Refuses a row whose form is wrong. */
  void check(Fault fault) throws RowFault {
    if (fault != Fault.NONE) {
      throw new RowFault("", fault);
    }
    for (String field : fields) {
      if (field.indexOf(0) >= 0) {
        throw new RowFault("", Fault.NUL_CHARACTER);
      }
      if (field.indexOf(Source.UNREADABLE) >= 0) {
        throw new RowFault("", Fault.ENCODING, layout.source().charset());
      }
    }
    int width = layout.columns().size();
    boolean surplus =
        fields.size() > width
            && fields.subList(width, fields.size()).stream().anyMatch(each -> !each.isBlank());
    if (fields.size() < layout.leastWidth() || surplus) {
      throw new RowFault("", Fault.COLUMNS, fields.size(), width);
    }
  }

  /** Whether every field is empty, as spreadsheets write rows that were deleted. */
  static boolean areBlank(List<String> fields, Fault fault) {
    return fault == Fault.NONE && fields.stream().allMatch(String::isBlank);
  }

  boolean has(String target) {
    return columns.containsKey(target);
  }

  /** Text on one line; empty when there is none. */
  String text(String target) {
    return oneLine(written(target));
  }

  /** The text, null when there is none. */
  @Nullable String textOrNull(String target) {
    String text = text(target);
    return text.isEmpty() ? null : text;
  }

  Optional<BigDecimal> number(String target) throws RowFault {
    String text = written(target);
    if (Values.isMissing(text)) {
      return Optional.empty();
    }
    return Optional.of(
        layout
            .values()
            .number(text)
            .orElseThrow(() -> new RowFault(name(target), Fault.NUMBER_INVALID, text)));
  }

  Optional<Instant> time(String target) throws RowFault {
    String text = written(target);
    if (Values.isMissing(text)) {
      return Optional.empty();
    }
    return Optional.of(
        layout
            .values()
            .date(text)
            .orElseThrow(
                () ->
                    new RowFault(
                        name(target), Fault.DATE_INVALID, text, layout.values().dates().word())));
  }

  /** ISO 4217; the layout's when the row does not say, null when neither does. */
  @Nullable String currency(String target) throws RowFault {
    String text = text(target);
    if (text.isEmpty()) {
      return layout.currency().isEmpty() ? null : layout.currency();
    }
    String code = Currencies.of(text.toUpperCase(Locale.ROOT), null, new ArrayList<>());
    if (code.isEmpty()) {
      throw new RowFault(name(target), Fault.CURRENCY_INVALID, text);
    }
    return code;
  }

  /** An id as it was written, without invisible characters; empty when there is none. */
  String id(String target) throws RowFault {
    String written = written(target);
    String text = isPlain(written) ? written : INVISIBLE.matcher(written).replaceAll("").strip();
    if (!isPlain(text) && CONTROLS.matcher(text).find()) {
      throw new RowFault(name(target), Fault.CONTROL_CHARACTER, oneLine(text));
    }
    if (text.contains("E+") && ROUNDED.matcher(text).matches()) {
      throw new RowFault(name(target), Fault.ID_ROUNDED, text);
    }
    if (text.length() > LONGEST_ID && !target.equals("email")) {
      throw new RowFault(name(target), Fault.ID_TOO_LONG);
    }
    return text;
  }

  Map<String, String> identifiers() throws RowFault {
    Map<String, String> identifiers = new LinkedHashMap<>();
    for (String kind : IDENTIFIERS) {
      String id = id(kind);
      if (!Values.isMissing(id)) {
        identifiers.put(kind, kind.equals("email") ? EmailAddress.normalise(name(kind), id) : id);
      }
    }
    return identifiers;
  }

  /** The facts of the row by key, each in the type of its column. */
  Map<String, Object> facts() throws RowFault {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String target : columns.keySet()) {
      if (target.startsWith(TRAIT)) {
        fact(target).ifPresent(value -> facts.put(target.substring(TRAIT.length()), value));
      }
    }
    return facts;
  }

  private Optional<?> fact(String target) throws RowFault {
    return switch (layout.columns().get(index(target)).type()) {
      case TEXT -> Optional.of(text(target)).filter(text -> !text.isEmpty());
      case NUMBER -> number(target);
      case DATE -> time(target);
      case BOOLEAN -> truth(target);
    };
  }

  private Optional<Boolean> truth(String target) throws RowFault {
    String text = written(target);
    if (Values.isMissing(text)) {
      return Optional.empty();
    }
    return Optional.of(
        Values.truth(text)
            .orElseThrow(() -> new RowFault(name(target), Fault.TRUTH_INVALID, text)));
  }

  private String written(String target) {
    int index = index(target);
    return index >= 0 && index < fields.size() ? fields.get(index).strip() : "";
  }

  private int index(String target) {
    return columns.getOrDefault(target, -1);
  }

  private String name(String target) {
    return layout.columns().get(index(target)).name();
  }

  /** Whether all of it is printable ASCII, as most text is: then nothing needs to be cleaned. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  static String oneLine(String text) {
    return isPlain(text) ? text.strip() : CONTROLS.matcher(text).replaceAll(" ").strip();
  }
}
