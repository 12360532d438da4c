package soloist.ingest;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import soloist.http.Problem;
import soloist.profile.EventTypes;

/** Checks the properties of event types that the platform computes with. */
final class Meaning {
  private static final String TAG = "tag:";

  /** A fact, or a tag, whose name people choose: that it is there is true or false. */
  private static final Pattern TRAIT =
      Pattern.compile("[a-z][a-zA-Z0-9_]{0,63}|" + TAG + "[^.:\\p{Cntrl}\\p{Cs}]{1,60}");

  private static final Pattern COMPUTED =
      Pattern.compile("orders|returns|spent_.*|first_order|last_order");
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  /** The store keeps 34; sums need room. */
  static final int MOST_DIGITS = 30;

  // So that the sum of all orders of a person stays within those digits too.
  private static final int MOST_ORDER_DIGITS = 15;
  private static final int MOST_DECIMALS = 8;

  private final List<Problem.Detail> faults;

  Meaning(List<Problem.Detail> faults) {
    this.faults = faults;
  }

  /** The properties with defaults and in their types. Faults are added to the list. */
  Map<String, Object> check(String type, Map<String, Object> properties) {
    return switch (type) {
      case EventTypes.ORDER -> order(properties);
      case EventTypes.RETURNED -> {
        Map<String, Object> returned = new LinkedHashMap<>(properties);
        returned.put("returned", true);
        yield order(returned);
      }
      case EventTypes.CONSENT -> consent(properties);
      case EventTypes.TRAITS -> traits(properties);
      default -> properties;
    };
  }

  private Map<String, Object> order(Map<String, Object> properties) {
    Map<String, Object> order = new LinkedHashMap<>(properties);
    if (order.get("total") instanceof String text) {
      try {
        BigDecimal total = new BigDecimal(text);
        if (total.precision() <= MOST_DIGITS && Math.abs((long) total.scale()) <= MOST_DIGITS) {
          order.put("total", total);
        }
      } catch (NumberFormatException _) {
        // stays a text, as one of too many digits does, and is named below
      }
    }
    boolean isAmount =
        order.get("total") instanceof BigDecimal total
            && total.precision() - total.scale() <= MOST_ORDER_DIGITS
            && total.scale() <= MOST_DECIMALS;
    if (order.containsKey("total") && !isAmount) {
      fault("/properties/total", "order-total");
    }
    if (order.containsKey("total") || order.containsKey("currency")) {
      try {
        Currency.getInstance(String.valueOf(order.get("currency")));
      } catch (IllegalArgumentException _) {
        fault("/properties/currency", "order-currency");
      }
    }
    if (order.containsKey("returned") && !(order.get("returned") instanceof Boolean)) {
      fault("/properties/returned", "order-returned");
    }
    if (Boolean.TRUE.equals(order.get("returned"))
        && order.get("total") instanceof BigDecimal total
        && total.signum() > 0) {
      fault("/properties/total", "order-returned-total");
    }
    if (order.get("orderId") instanceof BigDecimal number) {
      order.put("orderId", number.toPlainString());
    }
    return order;
  }

  private Map<String, Object> consent(Map<String, Object> properties) {
    Map<String, Object> consent = new LinkedHashMap<>(properties);
    if (!(consent.get("purpose") instanceof String purpose)
        || !PURPOSE.matcher(purpose).matches()) {
      fault("/properties/purpose", "consent-purpose");
    }
    if (!(consent.get("granted") instanceof Boolean)) {
      fault("/properties/granted", "consent-granted");
    }
    if (!(consent.get("source") instanceof String source) || source.isBlank()) {
      fault("/properties/source", "consent-source");
    }
    return consent;
  }

  private Map<String, Object> traits(Map<String, Object> properties) {
    properties.forEach(
        (key, value) -> {
          if (!isTrait(key)) {
            fault("/properties/" + key, "trait-key");
          } else if (value instanceof Map || value instanceof List) {
            fault("/properties/" + key, "trait-value");
          } else if (key.startsWith(TAG) && !(value instanceof Boolean)) {
            fault("/properties/" + key, "trait-tag");
          }
        });
    return properties;
  }

  static boolean isTrait(String key) {
    return TRAIT.matcher(key).matches() && !COMPUTED.matcher(key).matches();
  }

  private void fault(String pointer, String code) {
    faults.add(new Problem.Detail(pointer, code, List.of()));
  }
}
