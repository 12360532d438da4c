package soloist.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import de.bwaldvogel.mongo.bson.Decimal128;
import java.math.BigDecimal;

/**
 * The part of a key that stands for a number. It is the nearest double, in bits that sort, and then
 * what the double leaves over, exactly: nothing for most numbers, a few units for an int64 beyond
 * 2^53, some digits for a Decimal128. Rounding to the nearest never changes the order of two
 * numbers, so the rest is only asked where the doubles are the same.
 */
final class NumberBytes {
  private static final int REST_BELOW = 0x40;
  private static final int NO_REST = 0x80;
  private static final int REST_ABOVE = 0xC0;
  private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);

  private NumberBytes() {}

  static void write(Number number, KeyBytes key) {
    switch (number) {
      case Integer value -> exact(value, key);
      case Double value -> exact(value, key);
      case Long value -> {
        double nearest = (double) value;
        if (Math.abs(nearest) < 0x1p53) {
          exact(nearest, key);
        } else {
          rest(BigDecimal.valueOf(value), nearest, key);
        }
      }
      case Decimal128 value -> decimal(value, key);
      default -> throw new IllegalArgumentException("no BSON number is a " + number.getClass());
    }
  }

  private static void decimal(Decimal128 value, KeyBytes key) {
    switch (value.toString()) {
      case "NaN" -> exact(Double.NaN, key);
      case "Infinity" -> exact(Double.POSITIVE_INFINITY, key);
      case "-Infinity" -> exact(Double.NEGATIVE_INFINITY, key);
      default -> {
        BigDecimal exact = value.toBigDecimal();
        double nearest = exact.doubleValue();
        if (Double.isInfinite(nearest)) {
          // Decimal128 reaches 10^6144; such numbers stay below infinity.
          nearest = Math.copySign(Double.MAX_VALUE, nearest);
          BigDecimal over = exact.subtract(exact.signum() > 0 ? LARGEST : LARGEST.negate());
          key.putLong(sortable(nearest));
          rest(over, key);
        } else {
          rest(exact, nearest, key);
        }
      }
    }
  }

  private static void exact(double value, KeyBytes key) {
    key.putLong(sortable(value));
    key.put(NO_REST);
  }

  private static void rest(BigDecimal exact, double nearest, KeyBytes key) {
    key.putLong(sortable(nearest));
    rest(exact.subtract(new BigDecimal(nearest)), key);
  }

  private static void rest(BigDecimal rest, KeyBytes key) {
    if (rest.signum() == 0) {
      key.put(NO_REST);
      return;
    }
    boolean below = rest.signum() < 0;
    int flip = below ? 0xFF : 0;
    BigDecimal plain = rest.abs().stripTrailingZeros();
    // plain is 0.digits times ten to the exponent: the exponent decides, then digit by digit.
    int exponent = plain.precision() - plain.scale();
    key.put(below ? REST_BELOW : REST_ABOVE);
    key.putInt((exponent ^ Integer.MIN_VALUE) ^ (below ? -1 : 0));
    for (byte digit : plain.unscaledValue().toString().getBytes(US_ASCII)) {
      key.put(digit ^ flip);
    }
    key.put(flip);
  }

  /** NaN sorts before all numbers, and the two zeros are one. */
  private static long sortable(double value) {
    if (Double.isNaN(value)) {
      return 0;
    }
    long bits = Double.doubleToRawLongBits(value == 0 ? 0.0 : value);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }
}
