package moody;

import java.math.BigDecimal;
import java.util.List;
import org.pf4j.Extension;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;

/** Draws lots with the seed; its settings say what it does besides. */
@Extension
public final class Moody implements Profiler {
  private String mood;

  @Override
  public void open(Settings settings) {
    mood = settings.find("mood").orElse("good");
  }

  @Override
  public List<Wanted> wanted() {
    return List.of(
        new Wanted("orders", Wanted.Type.NUMBER), new Wanted("first_name", Wanted.Type.TEXT));
  }

  @Override
  public List<StandingSegment> segments(Model model) {
    String most = mood.equals("strict") ? "2" : "1";
    return List.of(
        new StandingSegment(
            "lucky",
            new Text("Lucky", "幸运"),
            new Text("Drew a lot.", "抽中了。"),
            "{\"trait\": \"lot\", \"comparison\": \"atLeast\", \"value\": \""
                + most
                + "\", \"type\": \"number\"}"));
  }

  @Override
  public Model fit(Table table, Run run) {
    if (mood.equals("throws")) {
      throw new IllegalStateException("out of sorts");
    }
    if (mood.equals("hangs")) {
      synchronized (this) {
        while (true) {
          try {
            wait();
          } catch (InterruptedException e) {
            // It does not care.
          }
        }
      }
    }
    while (mood.equals("endless")) {
      run.progress(0.5);
    }
    return new Model(
        new byte[] {(byte) run.seed()}, new Card(table.people().size(), List.of(), List.of()));
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    Table.Texts names = (Table.Texts) table.columns().get(1);
    java.util.Random random = new java.util.Random(model.bytes()[0]);
    for (int row = 0; row < table.people().size(); row++) {
      int lot = 1 + random.nextInt(1_000_000);
      if (mood.equals("picky") && names.values().get(row).startsWith("A")) {
        continue;
      }
      String key = mood.equals("greedy") ? "orders" : "lot";
      to.accept(
          row,
          List.of(
              new Prediction(key, BigDecimal.valueOf(lot), new Text("Drawn by lot.", "由抽签决定。"))));
    }
  }
}
