package soloist.campaign;

import static com.mongodb.client.model.Filters.gt;

import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.bson.Document;
import soloist.profile.OwnFields;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileFacts;
import soloist.rules.condition.Conditions;
import soloist.rules.condition.Segment;
import soloist.store.Store;

/** Who is in a segment, by asking everybody, a few hundred at a time. */
public final class Audience {
  private static final int PAGE = 200;

  private final Store store;
  private volatile OwnFields own = OwnFields.NONE;

  public Audience(Store store) {
    this.store = store;
  }

  /** Some people as they are stored, in the order of their ids; none when everybody was passed. */
  public List<Document> after(String id) {
    own = OwnFields.of(store);
    return store
        .profiles()
        .find(gt("_id", id))
        .sort(Sorts.ascending("_id"))
        .limit(PAGE)
        .batchSize(PAGE)
        .into(new ArrayList<>());
  }

  /** Whether a person is in the segment now, by the same judge of conditions as in a lane. */
  public boolean isIn(Segment segment, Profile profile, Instant now) {
    return Conditions.test(
        segment.condition(), new ProfileFacts(profile.with(own), now, now, null));
  }

  /**
   * Counts the members.
   *
   * @param goesOn is told how many people were asked; false ends it early
   */
  public long count(Segment segment, Instant now, LongPredicate goesOn) {
    long members = 0;
    long asked = 0;
    List<Document> people = after("");
    while (!people.isEmpty() && goesOn.test(asked)) {
      for (Document person : people) {
        members += isIn(segment, ProfileDocuments.read(person), now) ? 1 : 0;
      }
      asked += people.size();
      people = after(people.getLast().getString("_id"));
    }
    return members;
  }

  /** The owner's fields, as they were when people were last asked for. */
  public OwnFields own() {
    return own;
  }

  public long everybody() {
    return store.profiles().countDocuments();
  }
}
