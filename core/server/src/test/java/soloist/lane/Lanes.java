package soloist.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import soloist.store.Store;

/** Several lanes that share the partitions among them, each with a batch size of its own. */
public final class Lanes {
  private final List<Lane> lanes = new ArrayList<>();

  public Lanes(int count, Store store, Journal journal, Work work, IntSupplier sizes) {
    this(count, store, journal, work, sizes, CommitPoint.Observer.NONE, RedoUse.WRITTEN_AND_REDONE);
  }

  public Lanes(
      int count,
      Store store,
      Journal journal,
      Work work,
      IntSupplier sizes,
      CommitPoint.Observer observer,
      RedoUse redo) {
    for (int number = 0; number < count; number++) {
      int first = number;
      List<Integer> partitions =
          IntStream.range(0, Partitions.COUNT)
              .filter(partition -> partition % count == first)
              .boxed()
              .toList();
      int size = sizes.getAsInt();
      Lane lane =
          new Lane(
              partitions,
              store,
              journal,
              work,
              observer,
              redo,
              (_, _) -> {},
              new Lane.BatchSize(size, size));
      lane.open();
      lanes.add(lane);
    }
  }

  public int count() {
    return lanes.size();
  }

  public void pull(int lane) {
    pull(lanes.get(lane));
  }

  public void pullAll() {
    lanes.forEach(Lanes::pull);
  }

  private static void pull(Lane lane) {
    lane.pull()
        .forEach(
            (partition, fault) -> {
              throw new AssertionError("partition " + partition + " failed", fault);
            });
  }
}
