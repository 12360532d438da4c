package sample;

import java.util.List;
import org.pf4j.Extension;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;

/** Answers something else than it promises, as only generics can. */
@Extension
public final class Wrong implements Profiler {
  @Override
  public void open(Settings settings) {}

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public List<Wanted> wanted() {
    return (List) List.of("no column");
  }

  @Override
  public Model fit(Table table, Run run) {
    while (run.progress(0.5)) {
      // goes on for as long as nobody stops it
    }
    return new Model(new byte[0], new Card(0, List.of(), List.of()));
  }

  @Override
  public void predict(Model model, Table table, Run run, Predictions to) {
    try {
      to.accept(0, List.of());
    } catch (RuntimeException e) {
      throw new IllegalStateException("hides what it was");
    }
  }
}
