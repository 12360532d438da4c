package soloist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** Two maps, each batch one commit and one sync. */
final class MvStoreEngine implements EngineBench.Engine {
  private static final byte[] NOTHING = {};

  private final MVStore store;
  private final MVMap<byte[], byte[]> documents;
  private final MVMap<byte[], byte[]> segments;

  MvStoreEngine(Path file) {
    store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(40)
            .pageSplitSize(4096)
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    documents = map("documents");
    segments = map("segments");
  }

  private MVMap<byte[], byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** The document begins with its segment, so that the entry of the old one can be found. */
  private static byte[] value(EngineBench.Row row) {
    byte[] segment = row.segment().getBytes(UTF_8);
    byte[] value = new byte[1 + segment.length + row.document().length];
    value[0] = (byte) segment.length;
    System.arraycopy(segment, 0, value, 1, segment.length);
    System.arraycopy(row.document(), 0, value, 1 + segment.length, row.document().length);
    return value;
  }

  private static byte[] entry(String segment, String id) {
    return (segment + "\0" + id).getBytes(UTF_8);
  }

  @Override
  public void insert(List<EngineBench.Row> rows) {
    replace(rows);
  }

  @Override
  public void replace(List<EngineBench.Row> rows) {
    for (EngineBench.Row row : rows) {
      byte[] old = documents.put(row.id().getBytes(UTF_8), value(row));
      if (old != null) {
        byte[] unused = segments.remove(entry(new String(old, 1, old[0], UTF_8), row.id()));
      }
      byte[] unused = segments.put(entry(row.segment(), row.id()), NOTHING);
    }
    long unused = store.commit();
    store.sync();
  }

  @Override
  public byte[] get(String id) {
    return Objects.requireNonNull(documents.get(id.getBytes(UTF_8)), id);
  }

  @Override
  public void close() {
    store.close();
  }
}
