package sample;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.pf4j.Extension;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Settings;
import soloist.spi.Survey;
import soloist.spi.Text;

/** Three customers; its setting "way" makes it silent, unreadable or wrong. */
@Extension
public final class Source implements Connector {
  private String way;

  @Override
  public void open(Settings settings) {
    way = settings.find("way").orElse("");
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Survey survey() throws Unreadable {
    if (way.equals("unreadable")) {
      throw new Unreadable(new Text("There is nothing here.", "这里什么都没有。"));
    }
    Map<String, String> detected = way.equals("wrong") ? (Map) Map.of("n", 1) : Map.of("n", "1");
    return new Survey(
        detected,
        List.of(new Survey.Field("mail", "text", 1)),
        new Mapping(Mapping.Kind.CUSTOMERS, List.of("email")),
        List.of(List.of("ada@example.com")),
        3,
        List.of());
  }

  @Override
  public void pull(Mapping mapping, String cursor, Sink sink) {
    if (way.equals("silent")) {
      long end = System.nanoTime() + 10_000_000_000L;
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
        Thread.interrupted();
      }
    }
    for (int row = 1; row <= 3; row++) {
      sink.progress(row, 3);
      Map<String, String> who = Map.of("email", "p" + row + "@example.com");
      if (!sink.accept(new Fetched.Customer(row, who, Map.of()), Integer.toString(row))) {
        return;
      }
    }
  }
}
