package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
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

  private final BulkMap documents;
  private final Map<BulkMap, List<Change.Entry>> waiting = new LinkedHashMap<>();
  private final Set<ByteBuffer> ids = new HashSet<>();
  private final Set<Values> values = new HashSet<>();
  private final Deque<Made> made = new ArrayDeque<>();
  private final List<Change> changed = new ArrayList<>();
  private @Nullable PointReader reader;

  Turn(BulkMap documents) {
    this.documents = documents;
  }

  /** What a document that waits has in a unique index. */
  private record Values(String index, ByteBuffer bytes) {}

  /** Changes that were made, and what was there before each. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Made(BulkMap map, List<Change.Entry> changes, byte[] @Nullable [] before) {}

  /** The document with this key as this command has left it. */
  byte @Nullable [] document(byte[] key) {
    if (ids.contains(ByteBuffer.wrap(key))) {
      settle();
    }
    if (reader == null) {
      reader = new PointReader(documents);
    }
    return reader.get(key);
  }

  /** Changes a document, whose entries in indexes are changed next. */
  void change(String name, byte[] key, byte @Nullable [] value) {
    ids.add(ByteBuffer.wrap(key));
    change(documents, name, key, value);
  }

  void change(BulkMap map, String name, byte[] key, byte @Nullable [] value) {
    waiting.computeIfAbsent(map, _ -> new ArrayList<>()).add(new Change.Entry(name, key, value));
  }

  /** Notes what a document that waits has in a unique index. */
  void claim(String index, byte[] bytes) {
    values.add(new Values(index, ByteBuffer.wrap(bytes)));
  }

  boolean isClaimed(String index, byte[] bytes) {
    return values.contains(new Values(index, ByteBuffer.wrap(bytes)));
  }

  /** Makes the changes that wait; false if there were none. */
  boolean settle() {
    boolean some = !waiting.isEmpty();
    // A document comes before its entries in indexes, so that who finds them finds it.
    waiting.forEach(this::make);
    waiting.clear();
    ids.clear();
    values.clear();
    reader = null;
    return some;
  }

  private void make(BulkMap map, List<Change.Entry> changes) {
    changes.sort(BY_KEY);
    made.push(new Made(map, changes, map.make(changes)));
    changed.addAll(changes);
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
      byte[] @Nullable [] unused = last.map.make(back);
    }
  }

  /** All that was changed, for the log. */
  List<Change> changed() {
    return changed;
  }
}
