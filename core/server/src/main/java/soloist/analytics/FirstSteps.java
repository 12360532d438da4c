package soloist.analytics;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.job.Job;
import soloist.profile.EventTypes;
import soloist.profile.Findable;
import soloist.segment.Segments;
import soloist.spi.Text;
import soloist.store.Definitions;
import soloist.store.Store;

/**
 * How far an owner has come on the way from an empty house to mail that may go out. Each step is
 * asked of what is there, so one that is undone is open again.
 */
public final class FirstSteps {
  private final Store store;
  private final Tally tally;
  private final Definitions definitions;
  private final Supplier<Text> agreement;
  private final BooleanSupplier sends;

  /**
   * @param agreement what people agree to
   * @param sends whether a relay took a test mail and links lead back
   */
  public FirstSteps(
      Store store,
      Tally tally,
      Definitions definitions,
      Supplier<Text> agreement,
      BooleanSupplier sends) {
    this.store = store;
    this.tally = tally;
    this.definitions = definitions;
    this.agreement = agreement;
    this.sends = sends;
  }

  /** Whether each is done, in the order in which they are best taken. */
  Map<String, Boolean> all() {
    Map<String, Boolean> steps = new LinkedHashMap<>();
    steps.put("customers", isAny(store.profiles(), Findable.CUSTOMERS));
    steps.put(
        "behaviour",
        isAny(store.visits(), new Document())
            || tally.now().keySet().stream().anyMatch(EventTypes.BEHAVIOUR::contains));
    steps.put("sender", sends.getAsBoolean());
    Text sentence = agreement.get();
    steps.put("agreement", !sentence.en().isEmpty() || !sentence.zh().isEmpty());
    steps.put("segment", Segments.isAnyOwn(definitions));
    steps.put(
        "rehearsal",
        isAny(store.jobs(), and(eq("kind", Job.REHEARSAL), eq("state", Job.State.DONE.name()))));
    return steps;
  }

  private static boolean isAny(MongoCollection<Document> collection, Bson filter) {
    return collection.find(filter).first() != null;
  }
}
