package soloist.connector.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import soloist.connector.csv.Source.Characters;
import soloist.connector.csv.Values.Type;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Mapping;
import soloist.spi.Text;

/**
 * What was found of a file by looking at its beginning. The same file and settings give the same
 * layout.
 *
 * @param header whether the first record names the columns
 * @param currency of amounts that do not say, empty when not known
 * @param notes what the owner should know
 */
record Layout(
    Source source,
    char delimiter,
    boolean header,
    List<Column> columns,
    Values values,
    String currency,
    Mapping guess,
    List<List<String>> sample,
    List<Text> notes) {

  /**
   * @param confidence of the guess for it
   */
  record Column(String name, Type type, double confidence) {}

  Records records(Characters characters) {
    return new Records(characters, delimiter);
  }

  /** How many fields a row must have: columns without a name at the end may be left out. */
  int leastWidth() {
    int width = columns.size();
    while (header && width > 1 && columns.get(width - 1).name().isEmpty()) {
      width--;
    }
    return width;
  }

  /** Looks at the beginning of a file. */
  static Layout of(CsvSettings settings) throws IOException {
    Source source = Source.open(settings.file(), settings.encoding());
    char delimiter =
        settings.delimiter().equals(CsvSettings.AUTO)
            ? Delimiters.guess(source)
            : Delimiters.character(settings.delimiter());
    return new Look(settings, source, delimiter).layout();
  }

  /**
   * The first records that stand whole in so many characters.
   *
   * @param fatal which faults of the first record end the reading
   */
  static List<List<String>> beginning(
      Source source, char delimiter, int most, int characters, Predicate<Fault> fatal)
      throws IOException {
    char[] head = new char[characters];
    int length = 0;
    try (Characters in = source.read()) {
      for (int read = 0; read >= 0 && length < characters; length += Math.max(read, 0)) {
        read = in.read(head, length, characters - length);
      }
    }
    List<List<String>> beginning = new ArrayList<>();
    Records records = Records.of(new String(head, 0, length), delimiter);
    while (beginning.size() < most && records.next()) {
      if (records.number() == 1 && fatal.test(records.fault())) {
        Text reason = records.fault().reason();
        throw new Unreadable(
            new Text(
                "The first row cannot be read, so the columns are not known. " + reason.en(),
                "无法读取第一行，因此不知道有哪些列。" + reason.zh()));
      }
      boolean cut = length == characters && records.isLast();
      if (records.fault() == Fault.NONE && !cut) {
        beginning.add(records.fields());
      }
    }
    return beginning;
  }
}
