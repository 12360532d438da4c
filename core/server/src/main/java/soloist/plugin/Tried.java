package soloist.plugin;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import soloist.store.Store;

/** Which instances were tried with success as they are now: another setting, and they were not. */
public final class Tried {
  private final Store store;
  private final InstantSource clock;

  /**
   * A test that went well.
   *
   * @param by who pressed the button, for people to read
   */
  public record Success(Instant at, String by) {}

  Tried(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void note(Instances.Instance instance, String by) {
    String id = id(instance);
    Document note =
        new Document("_id", id)
            .append("revision", instance.revision())
            .append("at", Date.from(clock.instant()))
            .append("by", by);
    store.state().replaceOne(eq("_id", id), note, new ReplaceOptions().upsert(true));
  }

  public Optional<Success> find(Instances.Instance instance) {
    return Optional.ofNullable(store.state().find(eq("_id", id(instance))).first())
        .filter(note -> instance.revision().equals(note.getString("revision")))
        .map(note -> new Success(note.getDate("at").toInstant(), note.getString("by")));
  }

  private static String id(Instances.Instance instance) {
    return "tried|" + instance.id();
  }
}
