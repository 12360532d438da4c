package soloist.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Mapping;

/**
 * What a connector has handed over, each record with its cursor.
 *
 * @param cursors as long as {@code records}
 */
public record Pulled(List<Fetched> records, List<String> cursors) {
  public Pulled {
    records = List.copyOf(records);
    cursors = List.copyOf(cursors);
  }

  /** Pulls by the connector's own guess and closes it. */
  public static Pulled from(Connector connector, String cursor) throws IOException {
    try (connector) {
      return from(connector, connector.survey().guess(), cursor);
    }
  }

  public static Pulled from(Connector connector, Mapping mapping, String cursor)
      throws IOException {
    List<Fetched> records = new ArrayList<>();
    List<String> cursors = new ArrayList<>();
    connector.pull(
        mapping,
        cursor,
        new Connector.Sink() {
          @Override
          public boolean accept(Fetched record, String at) {
            records.add(record);
            cursors.add(at);
            return true;
          }

          @Override
          public boolean progress(long done, long total) {
            return true;
          }
        });
    return new Pulled(records, cursors);
  }

  /** The records of one kind. */
  public <T extends Fetched> List<T> of(Class<T> kind) {
    return records.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What remains after the first of them. */
  public Pulled after(int first) {
    return new Pulled(
        records.subList(first, records.size()), cursors.subList(first, cursors.size()));
  }
}
