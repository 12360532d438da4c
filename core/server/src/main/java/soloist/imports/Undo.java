package soloist.imports;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.bson.Document;
import soloist.job.Jobs;
import soloist.lane.Partitions;
import soloist.profile.Refolds;
import soloist.store.Store;

/** Has everybody whom an import touched folded anew without it, and says what it leaves behind. */
final class Undo {
  private static final int PAGE = 1_000;

  private final Store store;
  private final Products products;
  private final Refolds refolds;

  Undo(Store store, Products products, Refolds refolds) {
    this.store = store;
    this.products = products;
    this.refolds = refolds;
  }

  /** Done twice it is done once: who has been offered is not offered again. */
  Map<String, Object> run(Import file, Jobs.Progress progress) {
    long people = 0;
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      if (!progress.at(file.name(), partition, Partitions.COUNT)) {
        throw new CancellationException();
      }
      people += offer(file, partition);
    }
    refolds.awaitJudged(progress, file.name());
    long goods = products.takeBack(file);
    return Map.of("people", people, "messages", messages(file), "products", goods);
  }

  private int offer(Import file, int partition) {
    Set<String> touched = new HashSet<>();
    for (String source : List.of("live", "bulk")) {
      store
          .events()
          .find(
              and(
                  eq("partition", partition),
                  eq("source", source),
                  or(eq("origin", file.origin()), eq("properties.behind", file.origin()))))
          .sort(ascending("position"))
          .projection(include("profileId"))
          .batchSize(PAGE)
          .forEach(row -> touched.add(row.getString("profileId")));
    }
    List<String> ids = List.copyOf(touched);
    for (int from = 0; from < ids.size(); from += PAGE) {
      refolds.offerWithout(
          file.origin(),
          file.id(),
          ids.subList(from, Math.min(ids.size(), from + PAGE)),
          file.origin());
    }
    return ids.size();
  }

  /** How many messages have gone to these people since it came: those cannot be taken back. */
  private long messages(Import file) {
    long messages = 0;
    List<String> recipients = new ArrayList<>();
    for (Document message :
        store
            .outbox()
            .find(and(eq("state", "sent"), gte("queuedAt", Date.from(file.createdAt()))))
            .projection(include("profileId"))
            .batchSize(PAGE)) {
      recipients.add(message.getString("profileId"));
      if (recipients.size() == PAGE) {
        messages += messages(file, recipients);
        recipients.clear();
      }
    }
    return messages + messages(file, recipients);
  }

  private long messages(Import file, List<String> recipients) {
    Set<String> touched = new HashSet<>();
    store
        .events()
        .find(and(in("profileId", new HashSet<>(recipients)), eq("origin", file.origin())))
        .projection(include("profileId"))
        .batchSize(PAGE)
        .forEach(row -> touched.add(row.getString("profileId")));
    return recipients.stream().filter(touched::contains).count();
  }
}
