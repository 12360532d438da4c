package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Keys sort as values do. The comparator here is written from the manual, not from the keys. */
class KeyBytesTest {
  private static final int PAIRS = Boolean.getBoolean("soloist.slow") ? 40_000 : 10_000;

  @Test
  void sortsAsMongoDbComparesForRandomValues() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < PAIRS; i++) {
      Object first = value(random, 0);
      Object second = random.nextInt(4) == 0 ? near(random, first) : value(random, 0);

      int byKey = Integer.signum(Arrays.compareUnsigned(KeyBytes.of(first), KeyBytes.of(second)));

      assertEquals(
          Integer.signum(ByManual.compare(first, second)),
          byKey,
          () -> "seed " + seed + ": " + first + " and " + second);
    }
  }

  @Test
  void noKeyIsAPrefixOfAnother() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < PAIRS / 4; i++) {
      byte[] first = KeyBytes.of(value(random, 0));
      byte[] second = KeyBytes.of(value(random, 0));

      assertTrue(
          Arrays.equals(first, second) || !KeyBytes.startsWith(second, first),
          () -> "seed " + seed);
    }
  }

  @Test
  void tellsTheKeyThatComesAfterAllThatStartWithAnother() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < PAIRS / 4; i++) {
      byte[] key = KeyBytes.of(value(random, 0));
      byte[] other = KeyBytes.of(value(random, 0));

      assertTrue(KeyBytes.isAfter(key, KeyBytes.after(key)), () -> "seed " + seed);
      assertEquals(
          Arrays.equals(KeyBytes.after(key), KeyBytes.after(other)),
          KeyBytes.isAfter(key, KeyBytes.after(other)),
          () -> "seed " + seed);
    }
  }

  @Test
  void isMadeFromTheBytesOfADocumentAsFromItsValues() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < PAIRS / 4; i++) {
      Object value = value(random, 0);
      RawBson document = RawBson.of(new Document("other", 1).append("field", value));
      byte[] plain = document.plainKey(new byte[] {'f', 'i', 'e', 'l', 'd'});

      assertEquals(value instanceof List, plain == null, () -> "seed " + seed);
      if (plain != null) {
        assertArrayEquals(KeyBytes.of(document.field("field")), plain, () -> "seed " + seed);
      }
    }
  }

  @Test
  void sortsBackwardsWhenFlipped() {
    var random = new Random(7);
    for (int i = 0; i < PAIRS / 4; i++) {
      byte[] first = KeyBytes.of(value(random, 0));
      byte[] second = KeyBytes.of(value(random, 0));

      assertEquals(
          Integer.signum(Arrays.compareUnsigned(second, first)),
          Integer.signum(
              Arrays.compareUnsigned(KeyBytes.flipped(first), KeyBytes.flipped(second))));
    }
  }

  @Test
  void tellsLargeNumbersApartAcrossTypes() {
    long beyond = (1L << 53) + 1;

    assertFalse(Arrays.equals(KeyBytes.of(beyond), KeyBytes.of((double) beyond)));
    assertArrayEquals(KeyBytes.of(beyond), KeyBytes.of(new Decimal128(BigDecimal.valueOf(beyond))));
    assertArrayEquals(KeyBytes.of(5), KeyBytes.of(5.0));
    assertArrayEquals(KeyBytes.of(5L), KeyBytes.of(new Decimal128(new BigDecimal("5.00"))));
    assertArrayEquals(KeyBytes.of(0.0), KeyBytes.of(-0.0));
    assertArrayEquals(KeyBytes.of(0), KeyBytes.of(Decimal128.NEGATIVE_ZERO));
    assertArrayEquals(KeyBytes.of(Double.NaN), KeyBytes.of(Decimal128.NaN));
    assertArrayEquals(KeyBytes.of(null), KeyBytes.of(Missing.getInstance()));
    assertFalse(
        Arrays.equals(KeyBytes.of(0.1), KeyBytes.of(new Decimal128(new BigDecimal("0.1")))));
  }

  /** A value close to another, so that equal and nearly equal ones are met often. */
  private static Object near(Random random, Object value) {
    return switch (value) {
      case Long number -> random.nextBoolean() ? (Object) (double) number : number + 1;
      case Integer number -> random.nextBoolean() ? (Object) (long) number : (double) number;
      case Double number when Math.abs(number) < 1e15 && number == number.longValue() ->
          number.longValue();
      case Double number when Math.abs(number) < 1e30 && Math.abs(number) > 1e-3 ->
          decimal(new BigDecimal(number).round(java.math.MathContext.DECIMAL128));
      case String text -> text + (char) random.nextInt(3);
      case null, default -> value;
    };
  }

  private static Object decimal(BigDecimal value) {
    return new Decimal128(value);
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth < 2 ? 20 : 16)) {
      case 0 -> null;
      case 1 -> random.nextInt(7) - 3;
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> (1L << 53) + random.nextInt(5) - 2;
      case 5 -> (double) (random.nextInt(7) - 3) / 2;
      case 6 -> Double.longBitsToDouble(random.nextLong());
      case 7 ->
          decimal(
              BigDecimal.valueOf(random.nextLong(), random.nextInt(40) - 20)
                  .scaleByPowerOfTen(random.nextInt(4) == 0 ? random.nextInt(600) - 300 : 0));
      case 8 ->
          List.of(
                  Decimal128.NaN,
                  Decimal128.POSITIVE_INFINITY,
                  Decimal128.NEGATIVE_INFINITY,
                  decimal(new BigDecimal("1E+6000")),
                  decimal(new BigDecimal("-1E+400")),
                  decimal(new BigDecimal("1E-6000")),
                  Double.NaN,
                  -0.0)
              .get(random.nextInt(8));
      case 9 -> text(random);
      case 10 -> new ObjectId(Arrays.copyOf(new byte[] {(byte) random.nextInt(3)}, 12));
      case 11 -> random.nextBoolean();
      case 12 -> Instant.ofEpochMilli(random.nextInt(5) - 2);
      case 13 -> new BsonTimestamp(random.nextLong());
      case 14 ->
          switch (random.nextInt(4)) {
            case 0 -> new UUID(random.nextInt(2), random.nextInt(2));
            case 1 -> new TypedBinary((byte) 5, new byte[] {(byte) random.nextInt(3)});
            default -> new BinData(text(random).getBytes(java.nio.charset.StandardCharsets.UTF_8));
          };
      case 15 ->
          List.of(MinKey.getInstance(), MaxKey.getInstance(), new BsonRegularExpression("a", "i"))
              .get(random.nextInt(3));
      case 16, 17 -> {
        var items = new ArrayList<Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(value(random, depth + 1));
        }
        yield items;
      }
      default -> {
        var document = new Document();
        for (int i = random.nextInt(3); i > 0; i--) {
          document.put(text(random).replace("\0", ""), value(random, depth + 1));
        }
        yield document;
      }
    };
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      text.appendCodePoint(
          List.of(0, 1, 97, 98, 0xFF, 0x20AC, 0xFFFD, 0x1F600).get(random.nextInt(8)));
    }
    return text.toString();
  }
}
