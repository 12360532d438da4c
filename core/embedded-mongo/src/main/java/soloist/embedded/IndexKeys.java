package soloist.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedCollection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys one document has in an index or a sort: one, or one per item where its fields lead
 * through an array. Fields under the same array are taken item by item; two different arrays are
 * refused, as MongoDB does.
 */
final class IndexKeys {
  private final List<IndexSpec.Field> fields;
  private final SequencedCollection<byte[]> keys;
  private boolean arrays;
  private boolean present;

  private IndexKeys(List<IndexSpec.Field> fields, SequencedCollection<byte[]> keys) {
    this.fields = fields;
    this.keys = keys;
  }

  static IndexKeys of(List<IndexSpec.Field> fields, RawBson document) {
    IndexKeys plain = plain(fields, document);
    if (plain != null) {
      return plain;
    }
    var places = new ArrayList<Place>(fields.size());
    // Decoded once for all fields below it: an array is told from another by being the same object.
    var started = new HashMap<String, @Nullable Object>();
    for (IndexSpec.Field field : fields) {
      FieldPath path = field.path();
      Object value =
          fields.size() == 1
              ? path.start(document)
              : started.computeIfAbsent(path.first(), _ -> path.start(document));
      places.add(new Place(value, 1, false));
    }
    var keys = new IndexKeys(fields, new TreeSet<>(Arrays::compareUnsigned));
    keys.walk(places);
    return keys;
  }

  /** The one key there is where no field leads further down or to an array. */
  private static @Nullable IndexKeys plain(List<IndexSpec.Field> fields, RawBson document) {
    byte[] key = null;
    boolean present = false;
    for (IndexSpec.Field field : fields) {
      byte[] part = field.path().plainKey(document);
      if (part == null) {
        return null;
      }
      present |= part[0] != KeyBytes.NULL || field.path().isPresent(document);
      part = field.ascending() ? part : KeyBytes.flipped(part);
      key = key == null ? part : KeyBytes.join(key, part);
    }
    var keys = new IndexKeys(fields, List.of(Objects.requireNonNull(key)));
    keys.present = present;
    return keys;
  }

  /** Each once, in order. */
  SequencedCollection<byte[]> keys() {
    return keys;
  }

  boolean arrays() {
    return arrays;
  }

  /** False when none of the fields is there, which is when a sparse index leaves it out. */
  boolean present() {
    return present;
  }

  /**
   * Where one field has got to.
   *
   * @param item true for an item of an array at the end of the path, which is not opened again
   */
  private record Place(@Nullable Object value, int step, boolean item) {}

  private void walk(List<Place> places) {
    Collection<?> array = null;
    for (int i = 0; i < places.size(); i++) {
      Place place = descend(places.get(i), fields.get(i).path());
      places.set(i, place);
      if (opens(place)) {
        var found = (Collection<?>) place.value();
        if (array != null && array != found) {
          throw Refusal.of(
              171,
              "CannotIndexParallelArrays",
              "cannot index parallel arrays, the second under " + fields.get(i).path());
        }
        array = found;
      }
    }
    if (array == null) {
      emit(places);
      return;
    }
    arrays = true;
    if (array.isEmpty()) {
      walk(opened(places, array, List.of()));
    }
    for (Object item : array) {
      walk(opened(places, array, item));
    }
  }

  private static boolean opens(Place place) {
    return !place.item() && place.value() instanceof Collection<?>;
  }

  private static Place descend(Place place, FieldPath path) {
    Object value = place.value();
    int step = place.step();
    while (step < path.length() && !(value instanceof Collection<?>)) {
      value = path.step(value, step++);
    }
    return new Place(value, step, place.item() && step == path.length());
  }

  private List<Place> opened(List<Place> places, Collection<?> array, @Nullable Object item) {
    var opened = new ArrayList<Place>(places.size());
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      FieldPath path = fields.get(i).path();
      if (!opens(place) || place.value() != array) {
        opened.add(place);
      } else if (place.step() == path.length()) {
        opened.add(new Place(item, place.step(), true));
      } else {
        Object at = path.item(array, place.step());
        if (at instanceof Missing) {
          // Items that are no documents have nothing further down, which sorts as null.
          Object below = item instanceof Collection<?> ? Missing.getInstance() : item;
          opened.add(new Place(below, place.step(), false));
        } else {
          opened.add(new Place(at, place.step() + 1, false));
        }
      }
    }
    return opened;
  }

  private void emit(List<Place> places) {
    byte[] key = new byte[0];
    for (int i = 0; i < places.size(); i++) {
      Object value = places.get(i).value();
      present |= !(value instanceof Missing);
      boolean empty = value instanceof Collection<?> items && items.isEmpty();
      byte[] part = empty ? new KeyBytes().addEmptyArray().toBytes() : KeyBytes.of(value);
      key = KeyBytes.join(key, fields.get(i).ascending() ? part : KeyBytes.flipped(part));
    }
    keys.add(key);
  }
}
