package soloist.embedded;

import com.mongodb.client.MongoCollection;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * What a collection holds, in whatever order: for each document the first 128 bits of the SHA-256
 * of its bytes, added up.
 */
record CopySum(long count, long high, long low) {

  /** Leaves out what may be deleted while it is read. */
  static CopySum of(MongoCollection<RawBsonDocument> collection, Expiry expiry) {
    MessageDigest sha = sha256();
    long count = 0;
    long high = 0;
    long low = 0;
    for (RawBsonDocument document : collection.find().batchSize(1_000)) {
      if (!expiry.isNear(document)) {
        ByteBuffer digest = ByteBuffer.wrap(sha.digest(bytes(document)));
        count++;
        high += digest.getLong();
        low += digest.getLong();
      }
    }
    return new CopySum(count, high, low);
  }

  /** With the {@code _id} in front, where a MongoDB moves it to. */
  private static byte[] bytes(RawBsonDocument document) {
    RawBsonDocument ordered = document;
    if (!"_id".equals(document.getFirstKey())) {
      var moved = new BsonDocument("_id", document.get("_id"));
      document.forEach(moved::putIfAbsent);
      ordered = new RawBsonDocument(moved, new BsonDocumentCodec());
    }
    ByteBuffer buffer = ordered.getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
