package soloist.imports;

import soloist.store.Values;

/**
 * What has been met before, as 64 bits of a hash each: 16 to 32 bytes a thing, however long its
 * name. Open addressing (Knuth, The Art of Computer Programming 3, 6.4, algorithm L).
 */
final class Seen {
  private static final int HEX_DIGITS = 16;
  private long[] slots = new long[1 << 10];
  private int size;

  /** False when it was there already. */
  boolean add(String name) {
    long hash = Long.parseUnsignedLong(Values.hash(name).substring(0, HEX_DIGITS), 16);
    // Zero means an empty slot.
    if (!put(slots, hash == 0 ? 1 : hash)) {
      return false;
    }
    size++;
    if (size * 2 > slots.length) {
      long[] wider = new long[slots.length * 2];
      for (long each : slots) {
        if (each != 0) {
          put(wider, each);
        }
      }
      slots = wider;
    }
    return true;
  }

  private static boolean put(long[] into, long hash) {
    int mask = into.length - 1;
    int slot = (int) hash & mask;
    while (into[slot] != 0) {
      if (into[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    into[slot] = hash;
    return true;
  }
}
