package soloist.lane;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers and stamps the rows of one partition. Guarded by itself. */
final class Sequence {
  private final long[] heads;
  private final Tail[] tails = {new Tail(), new Tail()};
  private Instant lastAt = Instant.EPOCH;
  private int underWay;

  Sequence(long live, long bulk, Instant lastAt) {
    heads = new long[] {live, bulk};
    this.lastAt = lastAt;
  }

  /**
   * A row with the position that follows {@code ahead} others, stamped no earlier than any row
   * before it.
   */
  synchronized Row place(Row row, int ahead, Instant now) {
    lastAt = now.isAfter(lastAt) ? now : lastAt;
    underWay++;
    return row.placed(heads[row.source().ordinal()] + 1 + ahead, lastAt);
  }

  /** The row is in the store: its number is used. */
  synchronized void commit(Row row) {
    underWay--;
    heads[row.source().ordinal()] = row.position();
    tails[row.source().ordinal()].add(row);
  }

  /** The row is not in the store: its number is free again. */
  synchronized void giveBack() {
    underWay--;
  }

  /**
   * Numbers go on after this position, which was found in the store. Returns by how much the head
   * moved.
   */
  synchronized long moveTo(Row.Source source, long position) {
    long moved = position - heads[source.ordinal()];
    heads[source.ordinal()] = position;
    return moved;
  }

  synchronized long head(Row.Source source) {
    return heads[source.ordinal()];
  }

  Tail tail(Row.Source source) {
    return tails[source.ordinal()];
  }

  /**
   * An instant up to which a reader that has judged {@code live} and {@code bulk} knows all rows:
   * later ones will be stamped no earlier. Null when that cannot be said now.
   */
  synchronized @Nullable Instant knownUntil(long live, long bulk, Instant now) {
    if (underWay > 0
        || live < heads[Row.Source.LIVE.ordinal()]
        || bulk < heads[Row.Source.BULK.ordinal()]) {
      return null;
    }
    lastAt = now.isAfter(lastAt) ? now : lastAt;
    return lastAt;
  }
}
