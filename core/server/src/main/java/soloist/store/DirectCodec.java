package soloist.store;

import com.mongodb.MongoClientSettings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.bson.BsonReader;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectibleCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * The driver's codec of documents, but for writing what ours are made of: that one asks a registry
 * for the class of each value, which takes longer than to write it.
 */
public final class DirectCodec implements CollectibleCodec<Document> {
  private static final String ID = "_id";
  private static final CodecRegistry REGISTRY = MongoClientSettings.getDefaultCodecRegistry();
  private static final EncoderContext CONTEXT = EncoderContext.builder().build();

  private final DocumentCodec usual = new DocumentCodec(REGISTRY);

  @Override
  public void encode(BsonWriter writer, Document document, EncoderContext context) {
    writer.writeStartDocument();
    boolean isIdFirst = context.isEncodingCollectibleDocument() && document.containsKey(ID);
    if (isIdFirst) {
      writer.writeName(ID);
      write(writer, document.get(ID));
    }
    for (Map.Entry<String, @Nullable Object> field : document.entrySet()) {
      if (!isIdFirst || !field.getKey().equals(ID)) {
        writer.writeName(field.getKey());
        write(writer, field.getValue());
      }
    }
    writer.writeEndDocument();
  }

  private static void write(BsonWriter writer, @Nullable Object value) {
    switch (value) {
      case null -> writer.writeNull();
      case String text -> writer.writeString(text);
      case Integer number -> writer.writeInt32(number);
      case Long number -> writer.writeInt64(number);
      case Double number -> writer.writeDouble(number);
      case Boolean truth -> writer.writeBoolean(truth);
      case Date date -> writer.writeDateTime(date.getTime());
      case Instant instant -> writer.writeDateTime(instant.toEpochMilli());
      case Decimal128 number -> writer.writeDecimal128(number);
      case BigDecimal number -> writer.writeDecimal128(new Decimal128(number));
      case BsonValue other -> writeOther(writer, other);
      case Map<?, ?> map -> {
        writer.writeStartDocument();
        map.forEach(
            (key, nested) -> {
              writer.writeName((String) key);
              write(writer, nested);
            });
        writer.writeEndDocument();
      }
      case Collection<?> items -> {
        writer.writeStartArray();
        items.forEach(item -> write(writer, item));
        writer.writeEndArray();
      }
      default -> writeOther(writer, value);
    }
  }

  @SuppressWarnings("unchecked")
  private static void writeOther(BsonWriter writer, Object value) {
    ((Codec<Object>) REGISTRY.get(value.getClass())).encode(writer, value, CONTEXT);
  }

  @Override
  public Document decode(BsonReader reader, DecoderContext context) {
    return usual.decode(reader, context);
  }

  @Override
  public Class<Document> getEncoderClass() {
    return Document.class;
  }

  @Override
  public Document generateIdIfAbsentFromDocument(Document document) {
    return usual.generateIdIfAbsentFromDocument(document);
  }

  @Override
  public boolean documentHasId(Document document) {
    return usual.documentHasId(document);
  }

  @Override
  public BsonValue getDocumentId(Document document) {
    return usual.getDocumentId(document);
  }
}
