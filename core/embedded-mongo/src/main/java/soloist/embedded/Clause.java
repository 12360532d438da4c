package soloist.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One condition of a query. Values are compared by their keys, so as an index compares them. */
sealed interface Clause {
  byte[] LEAST_NUMBER = KeyBytes.of(Double.NEGATIVE_INFINITY);

  boolean matches(RawBson document);

  /** Equality; null also stands for a missing field. */
  @SuppressWarnings("ArrayRecordComponent")
  record Equal(FieldPath path, byte[] key, int tag) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      byte[] plain = path.plainKey(document);
      return plain != null
          ? Arrays.equals(plain, key)
          : path.any(
              document,
              value -> KeyBytes.tag(value) == tag && Arrays.equals(KeyBytes.of(value), key));
    }
  }

  /**
   * One of several values.
   *
   * @param keys in order, each once
   */
  record OneOf(FieldPath path, List<byte[]> keys, boolean arrays) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      byte[] plain = path.plainKey(document);
      return plain != null ? has(plain) : path.any(document, value -> has(KeyBytes.of(value)));
    }

    private boolean has(byte[] key) {
      return Collections.binarySearch(keys, key, Arrays::compareUnsigned) >= 0;
    }
  }

  /** Which side of the operand a range takes. */
  enum Side {
    ABOVE,
    BELOW
  }

  /** A range within the operand's type; only MinKey and MaxKey compare with every type. */
  @SuppressWarnings("ArrayRecordComponent")
  record Range(FieldPath path, Side side, boolean inclusive, byte[] key, int tag)
      implements Clause {
    @Override
    public boolean matches(RawBson document) {
      return path.any(document, this::holds);
    }

    private boolean holds(@Nullable Object value) {
      int valueTag = KeyBytes.tag(value);
      if (!acrossTypes() && valueTag != tag) {
        return false;
      }
      byte[] found = KeyBytes.of(value);
      int order = Arrays.compareUnsigned(found, key);
      boolean within = side == Side.ABOVE ? order > 0 : order < 0;
      // NaN sorts below all numbers but is neither less nor greater than any.
      boolean number = tag != KeyBytes.NUMBER || Arrays.compareUnsigned(found, LEAST_NUMBER) >= 0;
      return (within || (inclusive && order == 0)) && number;
    }

    boolean acrossTypes() {
      return tag == KeyBytes.MIN_KEY || tag == KeyBytes.MAX_KEY;
    }
  }

  /** Whether the field is there at all, be it null. */
  record Exists(FieldPath path, boolean wanted) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      return path.any(document, value -> !(value instanceof Missing)) == wanted;
    }
  }

  /** All of these. */
  record All(List<Clause> clauses) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      for (Clause clause : clauses) {
        if (!clause.matches(document)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Any of these. */
  record Any(List<Clause> clauses) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      for (Clause clause : clauses) {
        if (clause.matches(document)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Not this. */
  record Not(Clause clause) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      return !clause.matches(document);
    }
  }

  /** What the library's own matcher judges: patterns, $elemMatch, $expr and the like. */
  record Judged(Document query, QueryMatcher matcher) implements Clause {
    @Override
    public boolean matches(RawBson document) {
      return matcher.matches(document.document(), query);
    }
  }
}
