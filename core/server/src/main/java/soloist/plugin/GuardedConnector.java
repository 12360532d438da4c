package soloist.plugin;

import java.io.IOException;
import java.util.Collection;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Settings;
import soloist.spi.Survey;
import soloist.spi.Text;

/** One run of a connector behind the guard of its plugin. */
final class GuardedConnector implements Connector {
  private final Running by;
  private final Connector connector;

  GuardedConnector(Running by) {
    this.by = by;
    connector = by.create(Connector.class);
  }

  @Override
  public void open(Settings settings) {
    by.guard()
        .call(
            "open",
            IllegalArgumentException.class,
            () -> {
              connector.open(settings);
              return true;
            });
  }

  @Override
  public Survey survey() throws IOException {
    return by.guard()
        .job(
            "survey",
            IOException.class,
            _ -> {
              Survey survey = connector.survey();
              // Generics promise what only a look at each can tell.
              requireAll(String.class, survey.detected().keySet());
              requireAll(String.class, survey.detected().values());
              requireAll(String.class, survey.guess().targets());
              survey.sample().forEach(row -> requireAll(String.class, row));
              requireAll(Survey.Field.class, survey.fields());
              requireAll(Text.class, survey.notes());
              return survey;
            });
  }

  private static void requireAll(Class<?> type, Collection<?> values) {
    for (Object value : values) {
      if (!type.isInstance(value)) {
        throw new ClassCastException("there is something else than " + type.getSimpleName());
      }
    }
  }

  @Override
  public void pull(Mapping mapping, String cursor, Sink sink) throws IOException {
    by.guard()
        .job(
            "pull",
            IOException.class,
            progress -> {
              connector.pull(mapping, cursor, new WatchedSink(sink, progress));
              return true;
            });
  }

  @Override
  public void close() {
    GuardedChannel.close(by, connector);
  }

  private record WatchedSink(Sink sink, Progress progress) implements Sink {
    @Override
    public boolean accept(Fetched record, String cursor) {
      java.util.Objects.requireNonNull(record);
      java.util.Objects.requireNonNull(cursor);
      return !progress.isCancelled() && progress.host(() -> sink.accept(record, cursor));
    }

    @Override
    public boolean progress(long done, long total) {
      return !progress.isCancelled() && progress.host(() -> sink.progress(done, total));
    }
  }
}
