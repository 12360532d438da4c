package soloist.embedded;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDateTime;
import org.bson.BsonJavaScript;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;

/** Documents to try things on. */
final class Sample {
  private Sample() {}

  /** A document for each kind of value, as a field, in an array and, where allowed, as the id. */
  static List<Document> ofEveryKind() {
    var values = new ArrayList<Object>();
    values.add(null);
    values.addAll(
        List.of(
            1,
            1L << 60,
            -0.0,
            Double.NaN,
            new Decimal128(new java.math.BigDecimal("1.50")),
            Decimal128.NEGATIVE_INFINITY,
            "text",
            "客户画像 \0 😀",
            true,
            new Date(-1),
            new ObjectId("65f000000000000000000001"),
            new BsonBinary(BsonBinarySubType.BINARY, new byte[] {0, -1}),
            new BsonBinary(BsonBinarySubType.MD5, new byte[] {5}),
            new BsonBinary((byte) 0x80, new byte[] {7}),
            new BsonBinary(new UUID(1, 2), UuidRepresentation.STANDARD)));
    values.addAll(
        List.of(
            new BsonTimestamp(7, 8),
            new BsonJavaScript("f()"),
            new MinKey(),
            new MaxKey(),
            new Document("a", new Document("b", List.of()).append("c", 1.5)),
            new BsonDateTime(1)));
    var documents = new ArrayList<Document>();
    for (Object value : values) {
      documents.add(new Document("_id", value).append("value", value));
    }
    Object[] others = {new BsonRegularExpression("a.c", "i"), List.of(1, List.of("x"))};
    for (Object value : others) {
      documents.add(
          new Document("_id", "n" + documents.size())
              .append("value", value)
              .append("list", java.util.Arrays.asList(value, null, value)));
    }
    return documents;
  }
}
