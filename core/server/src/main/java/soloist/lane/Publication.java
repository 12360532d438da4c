package soloist.lane;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import soloist.store.Definitions;

/**
 * Puts versions of definitions into force: each is stored, then a control row in every partition
 * says from which row on it counts. Publishing again changes nothing.
 */
public final class Publication {
  private final Definitions definitions;
  private final Journal journal;

  public Publication(Definitions definitions, Journal journal) {
    this.definitions = definitions;
    this.journal = journal;
  }

  /**
   * Publishes one version.
   *
   * @return completed when every partition has its row
   */
  public CompletableFuture<?> publish(
      String kind, String id, int version, Map<String, ?> body, Instant now) {
    definitions.save(kind, id, version, body);
    Map<String, Object> properties = Map.of("kind", kind, "id", id, "version", (long) version);
    return CompletableFuture.allOf(
        IntStream.range(0, Partitions.COUNT)
            .mapToObj(
                partition ->
                    journal.append(
                        Row.control(
                            "publish:" + kind + ":" + id + "@" + version + ":" + partition,
                            partition,
                            now,
                            properties)))
            .toArray(CompletableFuture[]::new));
  }
}
