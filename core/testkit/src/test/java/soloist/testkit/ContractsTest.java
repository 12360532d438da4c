package soloist.testkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Survey;
import soloist.spi.Table;
import soloist.spi.Text;

/** The contracts hold for the simplest plugins that keep them. */
class ContractsTest {

  @Nested
  class OfConnectors implements ConnectorContract {
    @Override
    public Connector unopened() {
      return new Numbered();
    }

    @Override
    public Connector working() {
      return new Numbered();
    }

    @Override
    public Connector unreadable() {
      Numbered connector = new Numbered();
      connector.open(new Settings(Map.of("file", "none")));
      return connector;
    }
  }

  @Nested
  class OfProfilers implements ProfilerContract {
    @Override
    public Profiler unopened() {
      return new Mean();
    }

    @Override
    public Profiler opened() {
      return new Mean();
    }

    @Override
    public Table table() {
      return table(1, 2, 6, Double.NaN);
    }

    @Override
    public Table tooSmall() {
      return table(Double.NaN);
    }

    private static Table table(double... orders) {
      return new Table(
          Instant.EPOCH,
          IntStream.range(0, orders.length).mapToObj(i -> "p-" + i).toList(),
          List.of(new Table.Numbers("orders", orders)));
    }
  }

  /** Ten rows, the last of them no customer; their number is the cursor. */
  private static final class Numbered implements Connector {
    private boolean isGone;

    @Override
    public void open(Settings settings) {
      isGone = settings.find("file").isPresent();
    }

    @Override
    public Survey survey() throws Unreadable {
      if (isGone) {
        throw new Unreadable(new Text("There is no such file.", "没有这个文件。"));
      }
      return new Survey(
          Map.of(),
          List.of(new Survey.Field("number", "number", 0.5)),
          new Mapping(Mapping.Kind.CUSTOMERS, List.of("userId")),
          List.of(List.of("1")),
          10,
          List.of());
    }

    @Override
    public void pull(Mapping mapping, String cursor, Sink sink) {
      for (int row = cursor.isEmpty() ? 1 : Integer.parseInt(cursor) + 1; row <= 10; row++) {
        String number = Integer.toString(row);
        Fetched next =
            row < 10
                ? new Fetched.Customer(row, Map.of("userId", number), Map.of())
                : new Fetched.Rejected(
                    row, "number", "too-high", new Text("No ten.", "不能是十。"), number);
        if (!sink.progress(row, 10) || !sink.accept(next, number)) {
          return;
        }
      }
    }
  }

  /** Says of everybody whether they ordered more than most. */
  private static final class Mean implements Profiler {
    @Override
    public void open(Settings settings) {}

    @Override
    public List<Wanted> wanted() {
      return List.of(new Wanted("orders", Wanted.Type.NUMBER));
    }

    @Override
    public Model fit(Table table, Run run) throws Refused {
      double[] orders =
          Arrays.stream(orders(table)).filter(number -> !Double.isNaN(number)).toArray();
      if (orders.length == 0) {
        throw new Refused(new Text("At least 1 customer is needed.", "至少需要 1 位客户。"));
      }
      run.progress(1);
      String mean = Double.toString(Arrays.stream(orders).average().orElseThrow());
      return new Model(
          mean.getBytes(StandardCharsets.UTF_8), new Card(orders.length, List.of(), List.of()));
    }

    @Override
    public void predict(Model model, Table table, Run run, Predictions to) {
      BigDecimal mean = new BigDecimal(new String(model.bytes(), StandardCharsets.UTF_8));
      double[] orders = orders(table);
      for (int row = 0; row < orders.length && run.progress((double) row / orders.length); row++) {
        if (Double.isNaN(orders[row])) {
          continue;
        }
        boolean isAbove = BigDecimal.valueOf(orders[row]).compareTo(mean) > 0;
        Text evidence = new Text(orders[row] + " against " + mean, orders[row] + " 比 " + mean);
        to.accept(row, List.of(new Prediction("busy", isAbove, evidence)));
      }
    }

    private static double[] orders(Table table) {
      return ((Table.Numbers) table.columns().getFirst()).values();
    }
  }
}
