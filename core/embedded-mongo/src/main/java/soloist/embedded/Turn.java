package soloist.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
  private static final Comparator<LayeredMap.Edit> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.change().key(), other.change().key());

  /** From so many documents on it pays to change several maps at the same time. */
  private static final int MANY = 64;

  private static final String NO_INDEX = "";

  private final LayeredMap documents;
  private final Map<LayeredMap, List<LayeredMap.Edit>> waiting = new LinkedHashMap<>();
  private final Set<Claim> claims = new HashSet<>();
  private final Deque<LayeredMap.Prepared> made = new ArrayDeque<>();
  private final List<Change> changed = new ArrayList<>();
  private final Map<LayeredMap, View> views = new HashMap<>();

  private List<byte[]> expected = List.of();
  private byte[] @Nullable [] found = {};

  Turn(LayeredMap documents) {
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

  /** The document with this key as this command has left it. */
  byte @Nullable [] document(byte[] key) {
    if (isClaimed(NO_INDEX, key)) {
      settle();
    }
    int at = Collections.binarySearch(expected, key, Arrays::compareUnsigned);
    return at >= 0 && found[at] != View.NOT_READ ? found[at] : view(documents).get(key);
  }

  /** Reads documents that this command will soon ask for, which is cheaper at once. */
  void expect(List<byte[]> keys) {
    var sorted = new ArrayList<>(keys);
    sorted.sort(Arrays::compareUnsigned);
    found = view(documents).get(sorted);
    expected = sorted;
  }

  /**
   * Changes a document, whose entries in indexes are changed next.
   *
   * @param fresh true when there was none with this key
   */
  void change(byte[] key, byte @Nullable [] value, boolean fresh) {
    claim(NO_INDEX, key);
    change(documents, key, value, fresh);
  }

  /** Changes an entry, which is fresh if the map does not have the key yet. */
  void change(LayeredMap map, byte[] key, byte @Nullable [] value, boolean fresh) {
    waiting
        .computeIfAbsent(map, _ -> new ArrayList<>())
        .add(new LayeredMap.Edit(new Change.Entry(map.name(), key, value), fresh));
  }

  /** Notes what a document that waits has in a unique index. */
  void claim(String index, byte[] bytes) {
    claims.add(new Claim(index, bytes));
  }

  boolean isClaimed(String index, byte[] bytes) {
    return claims.contains(new Claim(index, bytes));
  }

  /** Reads a map as it is without the changes that wait. */
  View view(LayeredMap map) {
    return views.computeIfAbsent(map, LayeredMap::view);
  }

  /** Makes the changes that wait; false if there were none. */
  boolean settle() {
    boolean some = !waiting.isEmpty();
    var maps = new ArrayList<>(waiting.entrySet());
    boolean many = some && maps.getFirst().getValue().size() >= MANY;
    // What takes long is done for several maps at a time.
    List<LayeredMap.Prepared> prepared =
        (many ? maps.parallelStream() : maps.stream())
            .map(each -> prepared(each.getKey(), each.getValue()))
            .toList();
    // A document comes before its entries in indexes, so that who finds them finds it.
    for (int i = 0; i < maps.size(); i++) {
      prepared.get(i).make();
      made.push(prepared.get(i));
      maps.get(i).getValue().forEach(edit -> changed.add(edit.change()));
    }
    waiting.clear();
    claims.clear();
    views.clear();
    expected = List.of();
    return some;
  }

  private static LayeredMap.Prepared prepared(LayeredMap map, List<LayeredMap.Edit> edits) {
    edits.sort(BY_KEY);
    return map.prepared(edits);
  }

  /** Puts back everything as it was before this command. */
  void undo() {
    changed.clear();
    waiting.clear();
    while (!made.isEmpty()) {
      made.pop().undo();
    }
  }

  /** All that was changed, for the log. */
  List<Change> changed() {
    return changed;
  }
}
