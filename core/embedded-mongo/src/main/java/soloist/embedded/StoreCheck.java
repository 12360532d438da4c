package soloist.embedded;

import de.bwaldvogel.mongo.bson.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;

/** Looks over a store that nobody has open: every page, document and index entry. */
public final class StoreCheck {
  /** More faults than this tell nothing more. */
  private static final int MOST = 1_000;

  private static final int TELL_EVERY = 1_000;

  private final Progress progress;
  private final List<Fault> faults = new ArrayList<>();
  private long total;
  private long done;
  private long documents;
  private long entries;

  private StoreCheck(Progress progress) {
    this.progress = progress;
  }

  /**
   * Something that is not as it should be.
   *
   * @param collection its name, or empty when it is the store as a whole
   * @param id the {@code _id} of the document, of the last one before it, or empty
   */
  public record Fault(String collection, String id, String what) {}

  /**
   * What was found.
   *
   * @param documents how many could be read
   * @param entries how many entries of indexes could be read
   * @param faults the first thousand
   */
  public record Result(long documents, long entries, List<Fault> faults) {
    public Result {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Checks a store and changes nothing in it.
   *
   * @throws StoreException when there is none, it is in use, or it is of a newer version
   * @throws java.util.concurrent.CancellationException when the listener ends it
   */
  public static Result run(Path folder, Progress progress) {
    var check = new StoreCheck(progress);
    try {
      StoreFile file = StoreFile.openToRead(folder);
      try {
        check.all(new Catalog(file));
      } finally {
        file.abandon();
      }
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.DAMAGED) {
        throw e;
      }
      check.fault("", "", String.valueOf(e.getMessage()));
    } catch (org.h2.mvstore.MVStoreException e) {
      check.fault("", "", "The catalog or the root of a collection is damaged: " + e.getMessage());
    }
    return new Result(check.documents, check.entries, check.faults);
  }

  private void fault(String collection, String id, String what) {
    if (faults.size() < MOST) {
      faults.add(new Fault(collection, id, what));
    }
  }

  private void all(Catalog catalog) {
    for (StoredCollection collection : catalog.all()) {
      total += collection.documents().tree().sizeAsLong();
      for (StoredIndex index : collection.indexes()) {
        total += index.map().tree().sizeAsLong();
      }
    }
    for (StoredCollection collection : catalog.all()) {
      documents(collection);
      collection.indexes().forEach(index -> entries(collection, index));
    }
    Backup.tell(progress, "", total, total);
  }

  private void documents(StoredCollection collection) {
    String name = collection.getFullName();
    String[] last = {""};
    long before = documents;
    walk(
        collection.documents().tree(),
        (key, value) -> {
          documents++;
          step(name);
          last[0] = document(collection, key, new RawBson(value));
        },
        e -> fault(name, last[0], "a page behind this document cannot be read: " + e.getMessage()));
    count(name, "documents", documents - before, collection.documents().tree());
  }

  /** Checks one document and tells its {@code _id}. */
  private String document(StoredCollection collection, byte[] key, RawBson document) {
    String name = collection.getFullName();
    String id = "";
    try {
      new BsonReader(document.bytes(), 0).check();
      id = Json.toCompactJsonValue(document.id());
      if (!Arrays.equals(KeyBytes.of(document.id()), key)) {
        fault(name, id, "the document lies where another belongs");
      }
      for (StoredIndex index : collection.indexes()) {
        for (byte[] entry : index.entries(document, key).keys()) {
          if (!index.map().tree().containsKey(entry)) {
            fault(name, id, "the index " + index.spec().name() + " does not have the document");
          }
        }
      }
    } catch (RuntimeException | AssertionError e) {
      fault(name, id, "the document or what an index has of it cannot be read: " + e.getMessage());
    }
    return id;
  }

  private void entries(StoredCollection collection, StoredIndex index) {
    String name = collection.getFullName();
    String its = "the index " + index.spec().name();
    long before = entries;
    walk(
        index.map().tree(),
        (entry, _) -> {
          entries++;
          step(name);
          entry(collection, index, entry);
        },
        e -> fault(name, "", "a page of " + its + " cannot be read: " + e.getMessage()));
    count(name, "entries of " + its, entries - before, index.map().tree());
  }

  private void entry(StoredCollection collection, StoredIndex index, byte[] entry) {
    String name = collection.getFullName();
    String its = "the index " + index.spec().name();
    try {
      byte[] key = StoredIndex.idOf(entry);
      byte[] value = collection.documents().tree().get(key);
      if (value == null) {
        fault(name, "", its + " has a document that is not there");
      } else if (!index.entries(new RawBson(value), key).has(entry)) {
        String id = Json.toCompactJsonValue(new RawBson(value).id());
        fault(name, id, its + " has the document under values that are not its own");
      }
    } catch (RuntimeException | AssertionError e) {
      fault(name, "", "an entry of " + its + " or its document cannot be read: " + e.getMessage());
    }
  }

  private void count(String collection, String what, long found, MVMap<byte[], byte[]> map) {
    if (found != map.sizeAsLong()) {
      fault(
          collection,
          "",
          found + " " + what + " can be read, but " + map.sizeAsLong() + " are noted");
    }
  }

  private void step(String what) {
    done++;
    if (done % TELL_EVERY == 0) {
      Backup.tell(progress, what, done, total);
    }
  }

  /** Hands on every entry, and goes on behind a page that cannot be read. */
  private static void walk(
      MVMap<byte[], byte[]> map, BiConsumer<byte[], byte[]> each, Consumer<Throwable> unreadable) {
    walk(map.getRootPage(), each, unreadable);
  }

  private static void walk(
      Page<byte[], byte[]> page, BiConsumer<byte[], byte[]> each, Consumer<Throwable> unreadable) {
    if (page.isLeaf()) {
      for (int i = 0; i < page.getKeyCount(); i++) {
        each.accept(page.getKey(i), page.getValue(i));
      }
      return;
    }
    for (int i = 0; i <= page.getKeyCount(); i++) {
      Page<byte[], byte[]> child = page;
      try {
        child = page.getChildPage(i);
      } catch (RuntimeException | AssertionError e) {
        unreadable.accept(e);
      }
      if (child != page) {
        walk(child, each, unreadable);
      }
    }
  }
}
