package soloist.connector.csv;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;
import soloist.connector.csv.Source.Characters;
import soloist.spi.Connector;
import soloist.spi.Mapping;
import soloist.spi.Settings;
import soloist.spi.Survey;

/** Reads customers, orders or products from a CSV file. */
@Extension
public final class CsvConnector implements Connector {
  /** A larger file is not counted: a survey has a minute. */
  private static final long MOST_COUNTED = 256L << 20;

  private @Nullable CsvSettings settings;

  @Override
  public void open(Settings values) {
    settings = CsvSettings.of(values);
  }

  @Override
  public Survey survey() throws IOException {
    Layout layout = layout();
    return new Survey(
        detected(layout),
        layout.columns().stream()
            .map(each -> new Survey.Field(each.name(), each.type().word(), each.confidence()))
            .toList(),
        layout.guess(),
        layout.sample(),
        layout.source().size() > MOST_COUNTED ? -1 : count(layout),
        layout.notes());
  }

  @Override
  public void pull(Mapping mapping, String cursor, Sink sink) throws IOException {
    Layout layout = layout();
    var handing = new Handing(layout.source(), cursor, sink);
    if (mapping.kind() == Mapping.Kind.ORDERS) {
      new Orders(layout, mapping, handing).read();
    } else {
      new Rows(layout, mapping, handing).read();
    }
  }

  private Layout layout() throws IOException {
    return Layout.of(requireNonNull(settings, "open comes first"));
  }

  private static Map<String, String> detected(Layout layout) {
    Map<String, String> detected = new LinkedHashMap<>();
    detected.put("encoding", layout.source().charset().name());
    detected.put("delimiter", Delimiters.word(layout.delimiter()));
    detected.put("decimal", String.valueOf(layout.values().decimal()));
    detected.put("dates", layout.values().dates().word());
    detected.put("header", layout.header() ? "yes" : "no");
    detected.put("kind", layout.guess().kind().name().toLowerCase(Locale.ROOT));
    if (!layout.currency().isEmpty()) {
      detected.put("currency", layout.currency());
    }
    return detected;
  }

  private static long count(Layout layout) throws IOException {
    try (Characters characters = layout.source().read()) {
      Records records = layout.records(characters);
      while (records.next()) {
        // only counts
      }
      return Math.max(0, records.number() - (layout.header() ? 1 : 0));
    }
  }
}
