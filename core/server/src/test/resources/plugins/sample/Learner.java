package sample;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/** Learns the sum of its first column, in the way that its settings say. */
@Extension
public final class Learner implements Profiler {
  private String way = "";

  @Override
  public void open(Settings settings) {
    way = settings.find("way").orElse("");
  }

  @Override
  public List<Wanted> wanted() {
    return List.of(new Wanted("spent", Wanted.Type.NUMBER));
  }

  @Override
  public Model fit(Table table, Run run) throws Refused {
    System.out.println("a plugin may print");
    switch (way) {
      case "refuses" -> throw new Refused(new Text("too few", "太少"));
      case "throws" -> throw new IllegalStateException("does not like it");
      case "exits" -> System.exit(7);
      case "memory" -> {
        List<long[]> all = new ArrayList<>();
        while (true) {
          all.add(new long[10_000_000]);
          run.progress(0.1);
        }
      }
      case "hangs" -> {
        while (true) {
          Thread.onSpinWait();
        }
      }
      default -> {}
    }
    double sum = run.seed();
    double[] values = ((Table.Numbers) table.columns().getFirst()).values();
    for (int row = 0; row < values.length; row++) {
      sum += Double.isNaN(values[row]) ? 0 : values[row];
      if (row % 100_000 == 0 && !run.progress((double) row / values.length)) {
        break;
      }
    }
    return new Model(
        ByteBuffer.allocate(16).putDouble(sum).putLong(ProcessHandle.current().pid()).array(),
        new Card(values.length, List.of(), List.of(new Text("nothing", "无"))));
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {}
}
