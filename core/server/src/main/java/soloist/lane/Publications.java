package soloist.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import soloist.store.Definitions;

/**
 * Says in every partition from which row on something counts, by a control row. Saying it again
 * changes nothing, so what a crash cut off is simply said once more.
 */
public final class Publications {
  private final Definitions definitions;
  private final Journal journal;

  public Publications(Definitions definitions, Journal journal) {
    this.definitions = definitions;
    this.journal = journal;
  }

  /**
   * What counts from now on.
   *
   * @param kind such as {@code campaign}
   * @param version that counts, or another number that the kind gives a meaning
   * @param number of this publication, counted by kind and id: tells it from an earlier one of the
   *     same version
   */
  public record Change(String kind, String id, int version, int number) {

    /** A version of a definition, which is published once. */
    public static Change of(String kind, String id, int version) {
      return new Change(kind, id, version, version);
    }
  }

  /** Stores one version of a definition and says that it counts. */
  public void publish(String kind, String id, int version, Map<String, ?> body, Instant now) {
    definitions.save(kind, id, version, body);
    publish(List.of(Change.of(kind, id, version)), now);
  }

  /** Returns when all of them are durable everywhere, in their order within each partition. */
  public void publish(List<Change> changes, Instant now) {
    List<CompletableFuture<Boolean>> rows = new ArrayList<>();
    for (Change change : changes) {
      String row = "publish:" + change.kind() + ":" + change.id() + "@" + change.number() + ":";
      Map<String, Object> properties =
          Map.of("kind", change.kind(), "id", change.id(), "version", (long) change.version());
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        rows.add(journal.append(Row.control(row + partition, partition, now, properties)));
      }
    }
    rows.forEach(CompletableFuture::join);
  }
}
