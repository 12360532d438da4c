package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** MongoDB's comparison order, written down from the manual's "BSON comparison order". */
final class ByManual {
  private ByManual() {}

  private static int type(Object value) {
    return switch (value) {
      case MinKey _ -> 1;
      case null -> 2;
      case Number _ -> 3;
      case String _ -> 4;
      case Document _ -> 5;
      case List<?> _ -> 6;
      case ObjectId _ -> 8;
      case Boolean _ -> 9;
      case Instant _ -> 10;
      case BsonTimestamp _ -> 11;
      case BsonRegularExpression _ -> 12;
      case MaxKey _ -> 13;
      default -> 7;
    };
  }

  static int compare(Object first, Object second) {
    int type = type(first);
    if (type != type(second)) {
      return Integer.compare(type, type(second));
    }
    return switch (type) {
      case 3 -> numbers((Number) first, (Number) second);
      case 4 -> texts((String) first, (String) second);
      case 5 -> documents((Document) first, (Document) second);
      case 6 -> lists((List<?>) first, (List<?>) second);
      case 7 -> binaries(BsonWriter.binary(first), BsonWriter.binary(second));
      case 8 -> ((ObjectId) first).compareTo((ObjectId) second);
      case 9 -> ((Boolean) first).compareTo((Boolean) second);
      case 10 -> ((Instant) first).compareTo((Instant) second);
      case 11 -> ((BsonTimestamp) first).compareTo((BsonTimestamp) second);
      default -> 0;
    };
  }

  private static int numbers(Number first, Number second) {
    BigDecimal one = exact(first);
    BigDecimal two = exact(second);
    if (one != null && two != null) {
      return one.compareTo(two);
    }
    return Integer.compare(special(first), special(second));
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case Decimal128 decimal ->
          decimal.toString().contains("N") || decimal.toString().contains("I")
              ? null
              : decimal.toBigDecimal();
      case Double real -> Double.isFinite(real) ? new BigDecimal(real) : null;
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static int special(Number number) {
    return switch (number.toString()) {
      case "NaN" -> -2;
      case "-Infinity" -> -1;
      case "Infinity" -> 1;
      default -> 0;
    };
  }

  private static int texts(String first, String second) {
    return Arrays.compareUnsigned(first.getBytes(UTF_8), second.getBytes(UTF_8));
  }

  private static int documents(Document first, Document second) {
    Iterator<Map.Entry<String, Object>> one = first.entrySet().iterator();
    Iterator<Map.Entry<String, Object>> two = second.entrySet().iterator();
    while (one.hasNext() && two.hasNext()) {
      var left = one.next();
      var right = two.next();
      int order = Integer.compare(type(left.getValue()), type(right.getValue()));
      order = order != 0 ? order : texts(left.getKey(), right.getKey());
      order = order != 0 ? order : compare(left.getValue(), right.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(one.hasNext(), two.hasNext());
  }

  private static int lists(List<?> first, List<?> second) {
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      int order = compare(first.get(i), second.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(first.size(), second.size());
  }

  private static int binaries(TypedBinary first, TypedBinary second) {
    if (first.data().length != second.data().length) {
      return Integer.compare(first.data().length, second.data().length);
    }
    int order = Integer.compare(first.subtype() & 0xFF, second.subtype() & 0xFF);
    return order != 0 ? order : Arrays.compareUnsigned(first.data(), second.data());
  }
}
