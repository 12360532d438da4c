package soloist.identity;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import soloist.store.Store;

/**
 * What is known of two profiles that might be one person: that they may be, or that they are two.
 */
public final class Pairs {
  private static final String STATE = "state";
  private static final String DOUBTFUL = "doubtful";
  private static final String APART = "apart";
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final Store store;

  public Pairs(Store store) {
    this.store = store;
  }

  /** Two ids in one order. */
  public record Pair(String one, String other) {
    public Pair {
      if (one.compareTo(other) > 0) {
        String larger = one;
        one = other;
        other = larger;
      }
    }

    String id() {
      return one + " " + other;
    }
  }

  /** An event named both, and that is not enough. */
  void doubt(Pair pair, Instant at) {
    store.pairs().updateOne(eq("_id", pair.id()), noted(pair, at, DOUBTFUL, false), UPSERT);
  }

  /** From now on only somebody's word makes one of them. */
  public void keepApart(Pair pair, Instant at) {
    store.pairs().updateOne(eq("_id", pair.id()), noted(pair, at, APART, true), UPSERT);
  }

  /** Nothing stands between them any more. */
  public void forget(Pair pair) {
    store.pairs().deleteOne(eq("_id", pair.id()));
  }

  private static Bson noted(Pair pair, Instant at, String state, boolean isLastWord) {
    return combine(
        setOnInsert("one", pair.one()),
        setOnInsert("other", pair.other()),
        setOnInsert("at", Date.from(at)),
        isLastWord ? set(STATE, state) : setOnInsert(STATE, state));
  }

  boolean areApart(Pair pair) {
    Document found = store.pairs().find(eq("_id", pair.id())).first();
    return found != null && APART.equals(found.getString(STATE));
  }

  /** Those of the pairs of which somebody has said that they are two people. */
  public Set<Pair> apart(Collection<Pair> pairs) {
    Set<Pair> apart = new HashSet<>();
    List<String> ids = pairs.stream().map(Pair::id).toList();
    store
        .pairs()
        .find(in("_id", ids))
        .batchSize(Math.max(1, ids.size()))
        .forEach(
            found -> {
              if (APART.equals(found.getString(STATE))) {
                apart.add(new Pair(found.getString("one"), found.getString("other")));
              }
            });
    return apart;
  }

  /** The newest of those that an event named together. */
  public List<Pair> doubtful(int most) {
    return store
        .pairs()
        .find(eq(STATE, DOUBTFUL))
        .sort(new Document("at", -1))
        .limit(most)
        .map(found -> new Pair(found.getString("one"), found.getString("other")))
        .into(new ArrayList<>());
  }
}
