package soloist.embedded;

import org.h2.mvstore.MVStore;

/**
 * Keeps the pages that could be read when it was made, though they are no longer part of the maps.
 */
final class Pin implements AutoCloseable {
  private final MVStore store;
  private final MVStore.TxCounter usage;
  private int holders = 1;

  Pin(MVStore store) {
    this.store = store;
    usage = store.registerVersionUsage();
  }

  /** The same for one more, who closes it too. */
  synchronized Pin shared() {
    holders++;
    return this;
  }

  @Override
  public synchronized void close() {
    holders--;
    if (holders == 0) {
      store.deregisterVersionUsage(usage);
    }
  }
}
