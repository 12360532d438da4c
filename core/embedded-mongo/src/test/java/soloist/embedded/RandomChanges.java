package soloist.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Changes of a map, to be held against a sorted map of the language. */
final class RandomChanges {
  private RandomChanges() {}

  /** In order; a few or many, mixed, at the end, or one stretch that goes. */
  static List<Item<byte[]>> of(Random random, TreeMap<byte[], byte[]> model) {
    var batch = new TreeMap<byte[], Item<byte[]>>(Arrays::compareUnsigned);
    int kind = random.nextInt(10);
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(700) : 1 + random.nextInt(6);
    int start = random.nextInt(3_000);
    for (int i = 0; i < count; i++) {
      int number =
          kind < 3 ? start + i : kind < 5 ? 10_000 + model.size() + i : random.nextInt(3_000);
      boolean gone = kind < 2 || kind > 5 && random.nextInt(3) == 0;
      int size = random.nextInt(40) == 0 ? 9_000 : random.nextInt(600);
      byte[] key = ByteBuffer.allocate(4 + number % 30).putInt(number).array();
      byte[] value = new byte[size];
      random.nextBytes(value);
      batch.put(key, new Item<>(key, gone ? null : value));
    }
    if (kind == 9 && count > 500) {
      model.keySet().forEach(key -> batch.put(key, new Item<>(key, null)));
    }
    return new ArrayList<>(batch.values());
  }

  static void make(TreeMap<byte[], byte[]> model, Item<byte[]> change) {
    if (change.value() == null) {
      model.remove(change.key());
    } else {
      model.put(change.key(), change.value());
    }
  }
}
