package soloist.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoClientSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonBinaryWriter;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class DirectCodecTest {
  private static final Codec<Document> USUAL =
      new DocumentCodec(MongoClientSettings.getDefaultCodecRegistry());

  @Test
  void theBytesAreThoseOfTheDriversCodec() {
    Document inner =
        new Document("none", null).append("text", "茶 & \u0000").append("_id", "not the first");
    Document document =
        new Document("int", 1)
            .append("long", 1L << 40)
            .append("double", 0.5)
            .append("truth", true)
            .append("date", new Date(1))
            .append("decimal", Decimal128.parse("12.50"))
            .append("big", new BigDecimal("1E+3"))
            .append("instant", Instant.ofEpochMilli(1_234))
            .append("binary", new Binary(new byte[] {1, 2}))
            .append("object", new ObjectId())
            .append("inner", inner)
            .append("map", new TreeMap<>(java.util.Map.of("b", 1, "a", List.of())))
            .append("list", Arrays.asList("x", null, inner, List.of(1, 2L)))
            .append("set", new TreeSet<>(List.of("b", "a")))
            .append("driver", new BsonInt32(7))
            .append("raw", new RawBsonDocument(inner, USUAL))
            .append("_id", "first when it is stored");

    for (boolean isStored : List.of(true, false)) {
      byte[] written = bytes(new DirectCodec(), document, isStored);

      assertArrayEquals(bytes(USUAL, document, isStored), written);
      assertEquals(isStored, new RawBsonDocument(written).getFirstKey().equals("_id"));
    }
  }

  @Test
  void whatTheDriverCannotWriteIsRefusedAsByTheDriver() {
    Document unknown = new Document("of", new Document("no", new Object()));

    assertThrows(CodecConfigurationException.class, () -> bytes(new DirectCodec(), unknown, false));
  }

  private static byte[] bytes(Codec<Document> codec, Document document, boolean isStored) {
    try (var buffer = new BasicOutputBuffer();
        var writer = new BsonBinaryWriter(buffer)) {
      codec.encode(
          writer,
          document,
          EncoderContext.builder().isEncodingCollectibleDocument(isStored).build());
      return buffer.toByteArray();
    }
  }
}
