package soloist.connector.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import soloist.connector.csv.Dates.Order;
import soloist.connector.csv.Dates.Vote;
import soloist.connector.csv.Values.Type;
import soloist.spi.Mapping;
import soloist.spi.Text;

/** One look at the first rows of a file; what was set is not asked of them. */
final class Look {
  private static final int ROWS = 2_000;
  private static final int CHARACTERS = 1 << 20;
  private static final int SAMPLE = 50;

  private final CsvSettings settings;
  private final Source source;
  private final char delimiter;
  private final List<List<String>> rows;
  private final List<Text> notes = new ArrayList<>();

  Look(CsvSettings settings, Source source, char delimiter) throws IOException {
    this.settings = settings;
    this.source = source;
    this.delimiter = delimiter;
    this.rows = Layout.beginning(source, delimiter, ROWS, CHARACTERS, fault -> fault != Fault.NONE);
  }

  Layout layout() {
    boolean header = CsvSettings.set(settings.header()).map("yes"::equals).orElseGet(this::header);
    List<List<String>> data = rows.subList(header && !rows.isEmpty() ? 1 : 0, rows.size());
    List<String> names = names(header);
    List<List<String>> byColumn = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      byColumn.add(column(data, i));
    }
    Values values = new Values(decimal(byColumn), dates(names, byColumn), settings.zone());
    Guess guess = Guess.of(names, byColumn, CsvSettings.set(settings.kind()));
    List<Layout.Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Type type =
          values.dates() == Order.EXCEL && HeaderWords.namesATime(names.get(i))
              ? Type.DATE
              : values.typeOf(byColumn.get(i));
      columns.add(new Layout.Column(names.get(i), type, guess.confidences().get(i)));
    }
    noteDamage(names);
    notes.addAll(guess.notes());
    return new Layout(
        source,
        delimiter,
        header,
        columns,
        values,
        currency(guess.mapping(), byColumn),
        guess.mapping(),
        sample(data, names.size()),
        notes);
  }

  /** The first record is data when it holds an e-mail address, or a number among numbers. */
  private boolean header() {
    if (rows.isEmpty()) {
      return true;
    }
    List<String> first = rows.getFirst();
    Values either = new Values('.', Order.DMY, settings.zone());
    for (int i = 0; i < first.size(); i++) {
      Type type = either.typeOf(List.of(first.get(i)));
      boolean likeTheRest =
          type != Type.TEXT
              && !Values.isMissing(first.get(i))
              && either.typeOf(column(rows.subList(1, rows.size()), i)) == type;
      if (likeTheRest || Guess.isAddress(first.get(i))) {
        return false;
      }
    }
    return true;
  }

  private List<String> names(boolean header) {
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    if (header && !rows.isEmpty()) {
      return rows.getFirst().stream().map(Cells::oneLine).toList();
    }
    return rows.isEmpty() ? List.of() : Collections.nCopies(width, "");
  }

  private char decimal(List<List<String>> columns) {
    return CsvSettings.set(settings.decimal())
        .map(word -> word.charAt(0))
        .orElseGet(() -> votedDecimal(columns));
  }

  private char votedDecimal(List<List<String>> columns) {
    Map<Character, Integer> votes = new TreeMap<>();
    for (List<String> column : columns) {
      for (String value : column) {
        votes.merge(Numbers.decimalOf(value), 1, Integer::sum);
      }
    }
    int dots = votes.getOrDefault('.', 0);
    int commas = votes.getOrDefault(',', 0);
    // Who separates columns by a semicolon needs the comma for numbers.
    return commas > dots || (commas == dots && delimiter == ';') ? ',' : '.';
  }

  private Order dates(List<String> names, List<List<String>> columns) {
    return CsvSettings.set(settings.dates())
        .map(word -> Order.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElseGet(() -> votedDates(names, columns));
  }

  private Order votedDates(List<String> names, List<List<String>> columns) {
    Map<Vote, Integer> votes = new EnumMap<>(Vote.class);
    boolean serials = false;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).forEach(value -> votes.merge(Dates.vote(value), 1, Integer::sum));
      serials |= HeaderWords.namesATime(names.get(i)) && areSerials(columns.get(i));
    }
    int days = votes.getOrDefault(Vote.DAY_FIRST, 0);
    int months = votes.getOrDefault(Vote.MONTH_FIRST, 0);
    if (days > 0 || months > 0) {
      return days >= months ? Order.DMY : Order.MDY;
    }
    if (votes.containsKey(Vote.EITHER)) {
      boolean american = "US".equals(settings.country());
      notes.add(
          american
              ? new Text(
                  "Every date can be read in two ways; the month is taken to come first, as in the"
                      + " US. Set the order of dates if it does not.",
                  "日期有两种读法；已按美国习惯认为月份在前。如果不对，请设置日期顺序。")
              : new Text(
                  "Every date can be read in two ways, such as 01/02/2024; the day is taken to come"
                      + " first. Set the order of dates if it does not.",
                  "日期有两种读法（例如 01/02/2024）；已认为日在前。如果不对，请设置日期顺序。"));
      return american ? Order.MDY : Order.DMY;
    }
    return serials ? Order.EXCEL : Order.ISO;
  }

  private static boolean areSerials(List<String> column) {
    // 1954 to 2064: what a date of business can be.
    return !column.isEmpty()
        && column.stream()
            .allMatch(value -> value.strip().matches("[2-5][0-9]{4}([.,][0-9]{1,12})?"));
  }

  private String currency(Mapping mapping, List<List<String>> columns) {
    if (settings.currency() != null) {
      return settings.currency();
    }
    for (int i = 0; i < mapping.targets().size(); i++) {
      if (mapping.targets().get(i).matches(".*\\.(price|total)")) {
        for (String value : columns.get(i)) {
          String sign = Numbers.currencyOf(value);
          if (!sign.isEmpty()) {
            return Currencies.of(sign, settings.country(), notes);
          }
        }
      }
    }
    return "";
  }

  private void noteDamage(List<String> names) {
    long unnamed = names.stream().filter(String::isEmpty).count();
    if (unnamed > 0 && unnamed < names.size()) {
      notes.add(new Text(unnamed + " columns have no name.", "有 " + unnamed + " 列没有列名。"));
    }
    List<String> twice =
        names.stream()
            .filter(name -> !name.isEmpty() && names.indexOf(name) != names.lastIndexOf(name))
            .distinct()
            .toList();
    if (!twice.isEmpty()) {
      String list = String.join(", ", twice);
      notes.add(
          new Text(
              "Several columns have the same name: " + list + ". Check what each means.",
              "有同名的列：" + list + "。请核对各列含义。"));
    }
    if (rows.stream().anyMatch(row -> row.stream().anyMatch(Look::isDamaged))) {
      notes.add(
          new Text(
              "Some rows hold bytes that are no characters in "
                  + source.charset()
                  + ". If there are many, set another encoding.",
              "部分行含有无法按 " + source.charset() + " 解码的字节。如果很多，请选择其他编码。"));
    }
  }

  private static boolean isDamaged(String field) {
    return field.indexOf(Source.UNREADABLE) >= 0;
  }

  private static List<String> column(List<List<String>> rows, int index) {
    return rows.stream()
        .filter(row -> row.size() > index && !row.get(index).isBlank())
        .map(row -> row.get(index))
        .toList();
  }

  private static List<List<String>> sample(List<List<String>> data, int width) {
    return data.stream()
        .limit(SAMPLE)
        .map(
            row -> {
              List<String> fitted = new ArrayList<>(row.subList(0, Math.min(width, row.size())));
              while (fitted.size() < width) {
                fitted.add("");
              }
              return fitted;
            })
        .toList();
  }
}
