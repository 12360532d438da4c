package soloist.connector.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Settings;
import soloist.spi.Survey;
import soloist.testkit.Pulled;

/** A file written for a test, and what the connector makes of it. */
final class Written {
  private final Path file;
  private final Map<String, String> settings = new HashMap<>();

  Written(Path file) {
    this.file = file;
    settings.put("file", file.toString());
  }

  static Written text(Path folder, String text) {
    return text(folder, text, StandardCharsets.UTF_8);
  }

  static Written text(Path folder, String text, Charset charset) {
    return bytes(folder, text.getBytes(charset));
  }

  static Written bytes(Path folder, byte[]... parts) {
    try {
      Path file = Files.createTempFile(folder, "data", ".csv");
      try (var out = Files.newOutputStream(file)) {
        for (byte[] part : parts) {
          out.write(part);
        }
      }
      return new Written(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Written with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Connector opened() {
    var connector = new CsvConnector();
    connector.open(new Settings(settings));
    return connector;
  }

  Survey survey() throws IOException {
    try (Connector connector = opened()) {
      return connector.survey();
    }
  }

  Pulled pulled() throws IOException {
    return Pulled.from(opened(), "");
  }

  /**
   * How many of each there are, for files that are too large to be held; rejects each by itself.
   */
  Map<String, Integer> tally() throws IOException {
    Map<String, Integer> tally = new HashMap<>();
    try (Connector connector = opened()) {
      connector.pull(
          connector.survey().guess(),
          "",
          new Connector.Sink() {
            @Override
            public boolean accept(Fetched record, String cursor) {
              String what =
                  record instanceof Fetched.Rejected rejected
                      ? rejected.row() + " " + rejected.code() + " " + rejected.raw()
                      : record.getClass().getSimpleName();
              tally.merge(what, 1, Integer::sum);
              return true;
            }

            @Override
            public boolean progress(long done, long total) {
              return true;
            }
          });
    }
    return tally;
  }

  /** The customers' e-mail addresses. */
  List<String> addresses() throws IOException {
    return pulled().of(Fetched.Customer.class).stream()
        .map(customer -> customer.identifiers().getOrDefault("email", ""))
        .toList();
  }

  /** The customers' names. */
  List<String> names() throws IOException {
    return pulled().of(Fetched.Customer.class).stream()
        .map(customer -> customer.traits().get("name").toString())
        .toList();
  }

  /** The rejected rows, each as {@code row field code}. */
  List<String> rejected() throws IOException {
    return rejected(pulled().records());
  }

  static List<String> rejected(Collection<Fetched> records) {
    return records.stream()
        .filter(Fetched.Rejected.class::isInstance)
        .map(Fetched.Rejected.class::cast)
        .map(each -> each.row() + " " + each.field() + " " + each.code())
        .toList();
  }
}
