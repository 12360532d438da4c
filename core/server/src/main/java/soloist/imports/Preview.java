package soloist.imports;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import soloist.identity.Identity;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;
import soloist.job.Jobs;
import soloist.profile.EventTypes;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.Roots;
import soloist.profile.Trait;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.store.Store;

/** Reads a whole file, writes nothing, and says what an import would do. */
final class Preview implements Connector.Sink {
  private static final int BATCH = 500;
  private static final int SAMPLES = 20;

  /** Where what is known is looked up. */
  record Known(Store store, Identity identity, Ingest ingest) {}

  private final Import file;
  private final Translation translation;
  private final Known known;
  private final Jobs.Progress progress;
  private final List<Told.Event> batch = new ArrayList<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, List<Map<String, Object>>> samples = new LinkedHashMap<>();
  private final Seen identifiers = new Seen();
  private final Seen changed = new Seen();
  private long done;
  private long total;

  Preview(Import file, Reading reading, Known known, Jobs.Progress progress) {
    this.file = file;
    this.known = known;
    this.progress = progress;
    translation = Translation.of(file, reading);
    List.of("records", "rejected", "newPeople", "changedPeople", "conflicts", "duplicates")
        .forEach(name -> counts.put(name, 0L));
    List.of("ownerless", "products").forEach(name -> counts.put(name, 0L));
    List.of("rejected", "newPeople", "changedPeople", "conflicts")
        .forEach(name -> samples.put(name, new ArrayList<>()));
  }

  @Override
  public boolean accept(Fetched record, String cursor) {
    count("records");
    switch (translation.tell(record)) {
      case Told.Event event -> batch.add(event);
      case Told.Goods _ -> count("products");
      case Told.Ownerless _ -> count("ownerless");
      case Told.Refused(Reject reject) -> {
        count("rejected");
        sample("rejected", reject.shown());
      }
    }
    if (batch.size() >= BATCH) {
      flush();
    }
    return goesOn();
  }

  @Override
  public boolean progress(long nowDone, long nowTotal) {
    done = nowDone;
    total = nowTotal;
    return goesOn();
  }

  boolean goesOn() {
    return progress.at(file.name(), done, total);
  }

  Map<String, Object> result() {
    return Map.of("counts", counts, "samples", samples);
  }

  /** Compares what has gathered with what is known. */
  void flush() {
    if (batch.isEmpty()) {
      return;
    }
    List<EventInput> inputs = batch.stream().map(Told.Event::input).toList();
    Set<String> told = known.ingest().told(inputs, file.origin());
    List<Optional<Identity.Owner>> owners =
        known
            .identity()
            .findAny(
                known.ingest().whereWeAre(inputs).stream().map(EventInput::identifiers).toList());
    Map<String, Profile> profiles = new HashMap<>();
    List<String> ids =
        owners.stream().flatMap(Optional::stream).map(Identity.Owner::profileId).toList();
    Roots.findAll(known.store(), ids)
        .forEach((id, root) -> profiles.put(id, ProfileDocuments.read(root)));
    for (int i = 0; i < batch.size(); i++) {
      Told.Event event = batch.get(i);
      if (told.contains(event.input().id())) {
        count("duplicates");
      } else {
        owners
            .get(i)
            .map(Identity.Owner::profileId)
            .ifPresentOrElse(
                id -> compare(event, profiles.getOrDefault(id, new Profile(id))),
                () -> newcomer(event));
      }
    }
    batch.clear();
  }

  private void newcomer(Told.Event event) {
    boolean isNew = true;
    for (Map.Entry<String, String> each : event.input().identifiers().entrySet()) {
      isNew &= identifiers.add(each.getKey() + ":" + each.getValue());
    }
    if (isNew) {
      count("newPeople");
      sample(
          "newPeople",
          Map.of(
              "row",
              event.row(),
              "identifiers",
              event.input().identifiers(),
              "properties",
              event.input().properties()));
    }
  }

  private void compare(Told.Event event, Profile profile) {
    boolean changes =
        event.input().identifiers().entrySet().stream()
            .anyMatch(each -> !profile.identifiers(each.getKey()).contains(each.getValue()));
    Map<String, Object> first = null;
    if (event.input().type().equals(EventTypes.TRAITS)) {
      for (Map.Entry<String, Object> told : event.input().properties().entrySet()) {
        Trait old = profile.trait(told.getKey()).orElse(null);
        if (old != null && isSame(old.value(), told.getValue())) {
          continue;
        }
        Map<String, Object> difference =
            difference(event, profile, told.getKey(), old, told.getValue());
        if (old != null && old.at().isAfter(file.createdAt())) {
          count("conflicts");
          sample("conflicts", difference);
        } else {
          changes = true;
          first = first == null || !first.containsKey("old") ? difference : first;
        }
      }
    } else {
      changes = true;
      first =
          difference(
              event,
              profile,
              "order",
              null,
              event.input().properties().getOrDefault("orderId", event.input().id()));
    }
    if (changes && changed.add(profile.id())) {
      count("changedPeople");
      sample(
          "changedPeople",
          first == null
              ? Map.of(
                  "row",
                  event.row(),
                  "profile",
                  profile.id(),
                  "field",
                  "identifiers",
                  "new",
                  event.input().identifiers())
              : first);
    }
  }

  private static Map<String, Object> difference(
      Told.Event event, Profile profile, String field, @Nullable Trait old, Object now) {
    Map<String, Object> difference = new LinkedHashMap<>();
    difference.put("row", event.row());
    difference.put("profile", profile.id());
    difference.put("field", field);
    if (old != null) {
      difference.put("old", old.value());
    }
    difference.put("new", now);
    return difference;
  }

  private static boolean isSame(Object one, Object other) {
    return one instanceof BigDecimal number && other instanceof BigDecimal told
        ? number.compareTo(told) == 0
        : one.equals(other);
  }

  private void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private void sample(String name, Map<String, Object> sample) {
    List<Map<String, Object>> list = samples.get(name);
    if (list != null && list.size() < SAMPLES) {
      list.add(sample);
    }
  }
}
