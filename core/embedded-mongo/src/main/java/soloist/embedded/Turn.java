package soloist.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one command changes in the maps of a collection. Changes wait and are made together, which
 * is much cheaper than one by one: at the end of the command, or before it reads what one of them
 * concerns. Nobody else sees them before.
 */
final class Turn {
  private static final Comparator<Change.Entry> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.key(), other.key());

  /** From so many documents on it pays to change several maps at the same time. */
  private static final int MANY = 64;

  private static final String NO_INDEX = "";

  private final BulkMap documents;
  private final Map<BulkMap, List<Change.Entry>> waiting = new LinkedHashMap<>();
  private final Set<Claim> claims = new HashSet<>();
  private final Deque<Made> made = new ArrayDeque<>();
  private final List<Change> changed = new ArrayList<>();
  private final Map<BulkMap, PointReader> readers = new HashMap<>();

  Turn(BulkMap documents) {
    this.documents = documents;
  }

  /** What a document that waits has in a unique index; of none of them, the key of its id. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Claim(String index, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Claim claim
          && claim.index.equals(index)
          && Arrays.equals(claim.bytes, bytes);
    }

    @Override
    public int hashCode() {
      return 31 * index.hashCode() + Arrays.hashCode(bytes);
    }
  }

  /** Changes that were made, and what was there before each. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Made(BulkMap map, List<Change.Entry> changes, byte[] @Nullable [] before) {}

  /** The document with this key as this command has left it. */
  byte @Nullable [] document(byte[] key) {
    if (isClaimed(NO_INDEX, key)) {
      settle();
    }
    return reader(documents).get(key);
  }

  /** Changes a document, whose entries in indexes are changed next. */
  void change(String name, byte[] key, byte @Nullable [] value) {
    claim(NO_INDEX, key);
    change(documents, name, key, value);
  }

  void change(BulkMap map, String name, byte[] key, byte @Nullable [] value) {
    waiting.computeIfAbsent(map, _ -> new ArrayList<>()).add(new Change.Entry(name, key, value));
  }

  /** Notes what a document that waits has in a unique index. */
  void claim(String index, byte[] bytes) {
    claims.add(new Claim(index, bytes));
  }

  boolean isClaimed(String index, byte[] bytes) {
    return claims.contains(new Claim(index, bytes));
  }

  /** Reads a map as it is without the changes that wait. */
  PointReader reader(BulkMap map) {
    return readers.computeIfAbsent(map, PointReader::new);
  }

  /** Makes the changes that wait; false if there were none. */
  boolean settle() {
    boolean some = !waiting.isEmpty();
    var maps = new ArrayList<>(waiting.entrySet());
    boolean many = some && maps.getFirst().getValue().size() >= MANY;
    // What takes long is done for several maps at a time.
    List<BulkMap.Prepared> prepared =
        (many ? maps.parallelStream() : maps.stream())
            .map(each -> prepared(each.getKey(), each.getValue()))
            .toList();
    // A document comes before its entries in indexes, so that who finds them finds it.
    for (int i = 0; i < maps.size(); i++) {
      List<Change.Entry> changes = maps.get(i).getValue();
      made.push(new Made(maps.get(i).getKey(), changes, prepared.get(i).make()));
      changed.addAll(changes);
    }
    waiting.clear();
    claims.clear();
    readers.clear();
    return some;
  }

  private static BulkMap.Prepared prepared(BulkMap map, List<Change.Entry> changes) {
    changes.sort(BY_KEY);
    return map.prepared(changes);
  }

  /** Puts back everything as it was before this command. */
  void undo() {
    changed.clear();
    waiting.clear();
    while (!made.isEmpty()) {
      Made last = made.pop();
      var back = new ArrayList<Change.Entry>(last.changes.size());
      for (int i = 0; i < last.changes.size(); i++) {
        Change.Entry change = last.changes.get(i);
        back.add(new Change.Entry(change.map(), change.key(), last.before[i]));
      }
      byte[] @Nullable [] unused = last.map.prepared(back).make();
    }
  }

  /** All that was changed, for the log. */
  List<Change> changed() {
    return changed;
  }
}
