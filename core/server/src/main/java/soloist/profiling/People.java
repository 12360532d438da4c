package soloist.profiling;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.bson.Document;
import soloist.http.Problem;
import soloist.job.Jobs;
import soloist.profile.Computed;
import soloist.profile.OwnFields;
import soloist.profile.StoredFacts;
import soloist.spi.Profiler;
import soloist.spi.Table;
import soloist.store.Store;
import soloist.store.Values;

/**
 * Lays what is known of people and what happened to them out as a table, in the order of their ids.
 * What follows from habits is a column as what was told is.
 */
final class People {
  private static final int PAGE = 2_000;
  private static final int MOST_COLUMNS = 200;
  private static final Pattern KEY = Pattern.compile("[a-z][a-zA-Z0-9_]{0,63}");
  private static final Pattern EVENT = Pattern.compile("[a-z][a-zA-Z0-9_.]{0,63}");

  private final List<String> ids = new ArrayList<>();
  private final List<Profiler.Wanted> wanted;
  private final Map<String, Cells> cells = new LinkedHashMap<>();
  private final Map<String, Happenings> happenings = new LinkedHashMap<>();
  private OwnFields own = OwnFields.NONE;

  /**
   * @throws Problem when a column is wanted that cannot be a trait
   */
  People(List<Profiler.Wanted> wanted) {
    for (Profiler.Wanted each : wanted) {
      boolean isEvent = each.type() == Profiler.Wanted.Type.EVENTS;
      boolean isColumn =
          (isEvent ? EVENT : KEY).matcher(each.key()).matches()
              || (!isEvent && (Computed.isOne(each.key()) || OwnFields.isOne(each.key())));
      if (!isColumn || wanted.size() > MOST_COLUMNS) {
        throw Problem.invalid("", "profiler-column", each.key(), Integer.toString(MOST_COLUMNS));
      }
      if (isEvent) {
        happenings.put(each.key(), new Happenings(each.key()));
      } else {
        cells.put(each.key(), Cells.of(each));
      }
    }
    this.wanted = List.copyOf(wanted);
  }

  /** Reads everybody, page by page, so that nothing but the table grows. */
  Table read(Store store, Instant asOf, Jobs.Progress progress) {
    long total = store.profiles().estimatedDocumentCount();
    List<String> fields = new ArrayList<>(List.of("lastSeen", "undone", "parts"));
    own = OwnFields.of(store);
    fields.addAll(StoredFacts.fields(cells.keySet(), own));
    String last = "";
    List<Document> page;
    do {
      if (!progress.at("reading", ids.size(), Math.max(total, ids.size()))) {
        throw new CancellationException();
      }
      page = page(store.profiles(), fields, last);
      // Of whom nothing is known any more, only the id is left.
      List<Document> known =
          page.stream().filter(profile -> profile.get("lastSeen") != null).toList();
      known.forEach(person -> add(person, asOf));
      happenings.values().forEach(each -> each.read(store, known, asOf));
      last = page.isEmpty() ? last : page.getLast().getString("_id");
    } while (page.size() == PAGE);
    return table(asOf);
  }

  private static List<Document> page(
      MongoCollection<Document> profiles, List<String> fields, String after) {
    return profiles
        .find(gt("_id", after))
        .sort(ascending("_id"))
        .limit(PAGE)
        .batchSize(PAGE)
        .projection(include(fields))
        .into(new ArrayList<>());
  }

  void add(Document profile, Instant asOf) {
    ids.add(profile.getString("_id"));
    StoredFacts facts = new StoredFacts(profile, asOf, own);
    cells.values().forEach(cell -> cell.add(facts.value(cell.key()).orElse(null)));
  }

  Table table(Instant asOf) {
    return new Table(asOf, ids, wanted.stream().map(this::column).toList());
  }

  private Table.Column column(Profiler.Wanted each) {
    return each.type() == Profiler.Wanted.Type.EVENTS
        ? requireNonNull(happenings.get(each.key())).column()
        : requireNonNull(cells.get(each.key())).column();
  }

  /** The stored traits of some people, by id and key. */
  static Map<String, Document> traits(Store store, List<String> people) {
    Map<String, Document> traits = new HashMap<>();
    store
        .profiles()
        .find(Filters.in("_id", people))
        .projection(include("traits"))
        .batchSize(people.size())
        .forEach(
            each ->
                traits.put(requireNonNull(each.getString("_id")), Values.document(each, "traits")));
    return traits;
  }
}
