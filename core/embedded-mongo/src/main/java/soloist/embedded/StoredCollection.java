package soloist.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What commands do with one collection. The library's class above it computes what an update makes
 * of a document; finding is done here, checking and storing by {@link StoredMaps}.
 */
final class StoredCollection extends AbstractMongoCollection<byte[]> {
  private final StoredMaps maps;

  StoredCollection(MongoDatabase database, String name, CursorRegistry cursors, StoredMaps maps) {
    super(database, name, CollectionOptions.withDefaults(), cursors);
    this.maps = maps;
  }

  StoredMaps maps() {
    return maps;
  }

  long id() {
    return maps.id();
  }

  LayeredMap documents() {
    return maps.documents();
  }

  List<StoredIndex> indexes() {
    return maps.indexes();
  }

  /** Runs a command alone; if it fails in a way no client caused, all it changed is undone. */
  <T> T alone(Supplier<T> command) {
    return maps.alone(command);
  }

  Scan scan(Filter filter, @Nullable Document sort) {
    return new Scan(Planner.plan(filter, sort, indexes()), filter, documents(), false);
  }

  /** For commands that change what they find, or for the library, which may belong to one. */
  private Scan scanOnce(Filter filter, @Nullable Document sort) {
    return new Scan(Planner.plan(filter, sort, indexes()), filter, documents(), true);
  }

  /** The same, without a plan where the query says which document it means. */
  private Iterator<RawBson> found(Filter filter) {
    byte[] id = filter.id();
    return id == null ? scanOnce(filter, null) : one(id, filter);
  }

  private Iterator<RawBson> one(byte[] id, Filter filter) {
    byte[] value = maps.document(id);
    if (value == null) {
      return Collections.emptyIterator();
    }
    var document = new RawBson(value);
    boolean matches = filter.clauses().size() == 1 || filter.matches(document);
    return matches ? List.of(document).iterator() : Collections.emptyIterator();
  }

  private static Iterator<RawBson> all(byte @Nullable [] value) {
    return value == null ? Collections.emptyIterator() : List.of(new RawBson(value)).iterator();
  }

  /** Reads documents that the command whose turn it is will soon ask for. */
  void expect(List<byte[]> keys) {
    maps.expect(keys);
  }

  /** From here on every write is refused: the collection is no more. */
  void drop(Runnable removal) {
    maps.drop(removal);
  }

  /** Stores a new document given as its bytes, adding an {@code _id} where there is none. */
  void insert(RawBson document) {
    maps.insert(document);
  }

  /**
   * Adds the entries of documents that were there before the index.
   *
   * @return false when none is left
   */
  boolean fill(StoredIndex index, View.Cursor ids, int most) {
    return maps.fill(index, ids, most);
  }

  @Override
  public int deleteDocuments(Document selector, int limit, Oplog oplog) {
    Iterator<RawBson> found = found(Filter.of(selector));
    int deleted = 0;
    while ((limit == 0 || deleted < limit) && found.hasNext()) {
      maps.remove(found.next().idKey());
      deleted++;
    }
    return deleted;
  }

  /**
   * Replaces the first match, without the copies the library makes for updates in general.
   *
   * @param plainId the key of the {@code _id} that is all the selector asks for, or null
   * @return false if there is none
   */
  boolean replace(
      Document selector, byte @Nullable [] plainId, RawBson replacement, Document result) {
    Iterator<RawBson> found =
        plainId == null ? found(Filter.of(selector)) : all(maps.document(plainId));
    if (!found.hasNext()) {
      return false;
    }
    RawBson old = found.next();
    byte[] key = old.idKey();
    Object id = replacement.id();
    if (!(id instanceof Missing) && !Arrays.equals(replacement.idKey(), key)) {
      throw new ImmutableFieldException(
          "After applying the update, the (immutable) field '_id' was found to have been altered"
              + " to _id: "
              + id);
    }
    RawBson changed = replacement.withIdOf(old);
    boolean same = Arrays.equals(changed.bytes(), old.bytes());
    if (!same) {
      maps.store(key, old, changed);
    }
    result.append("n", 1).append("nModified", same ? 0 : 1);
    return true;
  }

  Document update(Document selector, Document update, boolean multi, boolean upsert) {
    return updateDocuments(selector, update, ArrayFilters.empty(), multi, upsert, NoopOplog.get());
  }

  /**
   * With array filters, which the library reads for findAndModify only: one of those a document.
   */
  Document update(
      Document selector, Document update, Object arrayFilters, boolean multi, boolean upsert) {
    var ids = new ArrayList<@Nullable Object>();
    Iterator<RawBson> found = found(Filter.of(selector));
    while (found.hasNext() && (multi || ids.isEmpty())) {
      ids.add(found.next().id());
    }
    int modified = 0;
    for (Object target : ids) {
      byte[] key = KeyBytes.of(target);
      byte[] before = maps.document(key);
      var one = new Document("$and", List.of(new Document("_id", target), selector));
      findAndModify(
          new Document("query", one).append("update", update).append("arrayFilters", arrayFilters));
      modified += Arrays.equals(before, maps.document(key)) ? 0 : 1;
    }
    var result = new Document("n", ids.size()).append("nModified", modified);
    if (ids.isEmpty() && upsert) {
      Document made =
          findAndModify(
              new Document("query", selector)
                  .append("update", update)
                  .append("arrayFilters", arrayFilters)
                  .append("upsert", true)
                  .append("new", true));
      result.append("upserted", Part.document(made, "value").get("_id"));
    }
    return result;
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document projection) {
    Filter filter = Filter.of(query);
    byte[] id = skip == 0 && orderBy == null ? filter.id() : null;
    Iterator<RawBson> found =
        id == null
            ? Ordering.apply(scanOnce(filter, orderBy), orderBy, skip, limit)
            : one(id, filter);
    return new QueryResult(
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return found.hasNext();
              }

              @Override
              public Document next() {
                return projected(found.next(), projection);
              }
            });
  }

  Document projected(RawBson raw, @Nullable Document projection) {
    Document document = raw.document();
    return projection == null || projection.isEmpty() ? document : project(document, projection);
  }

  /** The library's projection is not public, but its way over a stream of one is. */
  Document project(Document document, Document projection) {
    return matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, projection)
        .iterator()
        .next();
  }

  @Override
  public int count() {
    return Math.toIntExact(documents().size());
  }

  @Override
  protected byte[] addDocumentInternal(Document document) {
    RawBson raw = RawBson.of(document);
    insert(raw);
    return raw.idKey();
  }

  @Override
  protected byte[] findDocumentPosition(Document document) {
    return KeyBytes.of(document.getOrMissing("_id"));
  }

  @Override
  protected void handleUpdate(byte[] position, Document oldDocument, Document newDocument) {
    byte[] old = maps.document(position);
    maps.store(position, old == null ? null : new RawBson(old), RawBson.of(newDocument));
  }

  @Override
  protected void removeDocument(byte[] position) {
    maps.remove(position);
  }

  @Override
  protected Document getDocument(byte[] position) {
    byte[] value = maps.document(position);
    return value == null ? new Document() : BsonReader.decode(value);
  }

  @Override
  protected Stream<DocumentWithPosition<byte[]>> streamAllDocumentsWithPosition() {
    Scan all = scan(Filter.of(null), null);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .map(raw -> new DocumentWithPosition<>(raw.document(), raw.idKey()));
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document projection) {
    return queryDocuments(query, orderBy, skip, limit, batchSize, projection);
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int sizeDelta) {
    throw new UnsupportedOperationException("sizes are not tracked");
  }

  @Override
  protected int getDataSize() {
    return 0;
  }
}
