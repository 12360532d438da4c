package soloist.profiling;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;
import soloist.job.Jobs;
import soloist.lane.Row;
import soloist.profile.EventTypes;
import soloist.spi.Profiler;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Writes what a model says of people as rows, for those of whom it says something else than is
 * known. A row's id is made of run and person: whatever is told twice after a crash is told once.
 */
final class Telling implements Profiler.Predictions {
  private static final int BATCH = 500;
  private static final int LONGEST_TEXT = 500;
  private static final int MOST_DIGITS = 30;
  private static final int MOST_TRAITS = 100;

  private final Model model;
  private final boolean isNews;
  private final Table table;
  private final Store store;
  private final Ingest ingest;
  private final Jobs.Progress progress;

  private final Scores scores;
  private final BitSet told = new BitSet();
  private final Map<String, List<Profiler.Prediction>> batch = new LinkedHashMap<>();
  private int done;
  private int written;
  private int silenced;

  /**
   * @param isNews whether campaigns hear of whom it brings into a segment
   */
  Telling(
      Model model,
      boolean isNews,
      Table table,
      Store store,
      Ingest ingest,
      Jobs.Progress progress) {
    this.model = model;
    this.isNews = isNews;
    this.table = table;
    this.store = store;
    this.ingest = ingest;
    this.progress = progress;
    scores = new Scores(table.people().size());
  }

  @Override
  public void accept(int row, List<Profiler.Prediction> traits) {
    if (row < 0 || row >= table.people().size() || told.get(row)) {
      throw Problem.invalid("", "profiler-row", Integer.toString(row));
    }
    if (traits.size() > MOST_TRAITS) {
      throw Problem.invalid("", "profiler-traits", Integer.toString(MOST_TRAITS));
    }
    traits.forEach(Telling::check);
    scores.accept(row, traits);
    told.set(row);
    offer(row, traits);
  }

  private void offer(int row, List<Profiler.Prediction> traits) {
    batch.put(table.people().get(row), traits);
    if (batch.size() >= BATCH) {
      flush();
    }
  }

  /** Tells those of whom nothing was said, who may have been told before. */
  void finish() {
    for (int row = told.nextClearBit(0);
        row < table.people().size();
        row = told.nextClearBit(row + 1)) {
      offer(row, List.of());
    }
    flush();
  }

  /** All that was said. */
  Scores scores() {
    return scores;
  }

  /** How many people were told something new, and of how many nothing is said any more. */
  Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model.id());
    result.put("people", table.people().size());
    result.put("written", written);
    result.put("silenced", silenced);
    return result;
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    Map<String, Document> known = People.traits(store, List.copyOf(batch.keySet()));
    List<Row> rows = new ArrayList<>();
    batch.forEach(
        (person, traits) -> {
          Document before = known.getOrDefault(person, new Document());
          List<String> gone = gone(before, traits);
          boolean isOther = traits.stream().anyMatch(trait -> !isKnown(before, trait));
          if (isOther || !gone.isEmpty()) {
            rows.add(row(person, traits, gone));
            silenced += traits.isEmpty() && !gone.isEmpty() ? 1 : 0;
          }
        });
    ingest.conclude(rows);
    written += rows.size();
    done += batch.size();
    batch.clear();
    if (!goesOn()) {
      throw new CancellationException();
    }
  }

  boolean goesOn() {
    return progress.at("writing", done, table.people().size());
  }

  private Row row(String person, List<Profiler.Prediction> traits, List<String> gone) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Profiler.Prediction trait : traits) {
      Text evidence = trait.evidence();
      values.put(
          trait.key(),
          Map.of("value", plain(trait.value()), "en", evidence.en(), "zh", evidence.zh()));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("traits", values);
    properties.put("gone", gone);
    properties.put("model", model.id());
    if (isNews) {
      properties.put("news", true);
    }
    return Row.draft(
        model.rows() + person,
        person,
        List.of(),
        EventTypes.SCORED,
        model.turn().at(),
        model.origin(),
        Map.of(),
        properties);
  }

  /** What this instance has said of somebody and does not say any more. */
  private List<String> gone(Document before, List<Profiler.Prediction> traits) {
    List<String> gone = new ArrayList<>();
    before.forEach(
        (key, trait) -> {
          if (model.origin().equals(((Document) trait).getString("source"))
              && traits.stream().noneMatch(each -> each.key().equals(key))) {
            gone.add(key);
          }
        });
    return gone;
  }

  private boolean isKnown(Document before, Profiler.Prediction trait) {
    Document known = before.get(trait.key(), Document.class);
    return known != null
        && model.origin().equals(known.getString("source"))
        && isSame(Objects.requireNonNull(Values.plain(known.get("value"))), plain(trait.value()));
  }

  private static boolean isSame(Object one, @Nullable Object other) {
    return one instanceof BigDecimal number && other instanceof BigDecimal second
        ? number.compareTo(second) == 0
        : one.equals(other);
  }

  private static Object plain(Object value) {
    return value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MILLIS) : value;
  }

  private static void check(Profiler.Prediction trait) {
    boolean isValue =
        switch (trait.value()) {
          case String text -> text.length() <= LONGEST_TEXT;
          case BigDecimal number ->
              number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
          case Boolean _, Instant _ -> true;
          default -> false;
        };
    Text evidence = trait.evidence();
    if (!EventInput.isTrait(trait.key())
        || !isValue
        || evidence.en().length() > LONGEST_TEXT
        || evidence.zh().length() > LONGEST_TEXT) {
      throw Problem.invalid("", "profiler-trait", trait.key(), Integer.toString(LONGEST_TEXT));
    }
  }
}
