package soloist.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Between the types of the driver and those of the JDK: instants in milliseconds, exact decimals.
 */
public final class Values {
  /** What an object costs beside its text: header, fields and its place in a map or list. */
  private static final int OBJECT = 64;

  private Values() {}

  /** About what a value takes on the heap, rather too much than too little. */
  public static long heapBytes(@Nullable Object value) {
    return switch (value) {
      case String text -> OBJECT + 2L * text.length();
      case List<?> list -> {
        long bytes = OBJECT;
        for (Object item : list) {
          bytes += heapBytes(item);
        }
        yield bytes;
      }
      case Map<?, ?> map -> {
        long bytes = OBJECT;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          bytes += OBJECT + heapBytes(entry.getKey()) + heapBytes(entry.getValue());
        }
        yield bytes;
      }
      case null, default -> OBJECT;
    };
  }

  /**
   * A filter for documents with one of these ids. The driver's own makes objects of all of them
   * before it writes them.
   */
  public static Document ids(Collection<String> ids) {
    return new Document("_id", new Document("$in", ids));
  }

  public static Instant instant(Document document, String key) {
    return document.getDate(key).toInstant();
  }

  public static @Nullable Instant instantOrNull(Document document, String key) {
    Date date = document.getDate(key);
    return date == null ? null : date.toInstant();
  }

  public static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  public static Document document(Document document, String key) {
    Document found = document.get(key, Document.class);
    return found == null ? new Document() : found;
  }

  public static List<Document> documents(Document document, String key) {
    List<Document> found = document.getList(key, Document.class);
    return found == null ? List.of() : found;
  }

  /** A value as the store hands it out, in the JDK's types, nested ones too. */
  public static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Date date -> date.toInstant();
      case Decimal128 decimal -> decimal.bigDecimalValue();
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((key, nested) -> plain.put((String) key, plain(nested)));
        yield plain;
      }
      case List<?> list -> list.stream().map(Values::plain).toList();
      case null, default -> value;
    };
  }

  /**
   * A value of the JDK as the store keeps it: an {@link Instant} becomes a date, the rest the
   * driver knows.
   */
  public static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> Date.from(instant);
      case BigDecimal decimal -> new Decimal128(decimal);
      case Map<?, ?> map -> {
        Document document = new Document();
        map.forEach((key, nested) -> document.put((String) key, stored(nested)));
        yield document;
      }
      case List<?> list -> list.stream().map(Values::stored).toList();
      case null, default -> value;
    };
  }

  /** The first 128 bits of SHA-256 over the parts, each closed by a zero byte, as 32 hex digits. */
  public static String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
