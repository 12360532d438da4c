package soloist.ingest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.identity.Identifiers;
import soloist.profile.EventTypes;
import soloist.store.Values;

/**
 * An event as somebody sent it, checked: nothing in it can mean more than a value.
 *
 * @param id the sender's id, else one made from the content, so that the same event sent twice is
 *     one
 * @param identifiers normalised
 */
public record EventInput(
    String id,
    String type,
    Instant time,
    Map<String, String> identifiers,
    Map<String, Object> properties) {

  private static final Set<String> FIELDS =
      Set.of("id", "type", "time", "identifiers", "properties");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,128}");
  private static final Pattern KEY =
      Pattern.compile("[^$.\\p{Cntrl}\\p{Cs}][^.\\p{Cntrl}\\p{Cs}]{0,63}");
  private static final int LONGEST_WORD = 64;
  private static final int DEEPEST = 8;
  private static final int MOST_KEYS = 200;
  private static final int TOLERATED_MINUTES = 60;
  private static final int MOST_FAULTS = 50;

  /** Types that only the platform itself may write. */
  private static final Set<String> OURS =
      Set.of("campaign", "definition", "email", "unsubscribed", "profile");

  /**
   * What the ids of the platform's own rows begin or end with; a foreign row must not take their
   * place.
   */
  private static final Pattern OUR_ID =
      Pattern.compile(
          "(publish|offer|again|visit|refold|email\\.[a-z]+|unsubscribed|import|hand|profiler"
              + "|linked|absorbed|unlinked|parted):.*|.* ~\\d+|.* @[0-9a-f]{32}");

  /** Each of those has one of these, and few others do. */
  private static final List<String> OUR_ID_SIGNS = List.of(":", " ~", " @");

  /**
   * Reads and checks an event.
   *
   * @param now an event without a time happened now; one up to an hour ahead is a sender's clock
   *     and counts as now
   * @throws Problem 400 that names every fault with its place
   */
  public static EventInput read(JsonObject body, Instant now) {
    return new Reader(now).read(body, null);
  }

  /** The same of an event that says no id and gets one of ours. */
  public static EventInput read(String ourId, JsonObject body, Instant now) {
    return new Reader(now).read(body, ourId);
  }

  /** Whether a fact may be told under this key. */
  public static boolean isTrait(String key) {
    return Meaning.isTrait(key);
  }

  /** The same under an id of ours. */
  public EventInput as(String ourId) {
    return new EventInput(ourId, type, time, identifiers, properties);
  }

  /** The same with telephone numbers as they are written in a country; empty when not known. */
  EventInput in(String country) {
    String phone = identifiers.get(Identifiers.PHONE);
    if (phone == null) {
      return this;
    }
    Map<String, String> known = new LinkedHashMap<>(identifiers);
    Identifiers.normalise(Identifiers.PHONE, phone, country)
        .ifPresent(number -> known.put(Identifiers.PHONE, number));
    return new EventInput(id, type, time, known, properties);
  }

  /** The same with other properties, which somebody else has checked. */
  public EventInput with(Map<String, Object> checked) {
    return new EventInput(id, type, time, identifiers, checked);
  }

  /** Most keys are a short word, which needs no pattern. */
  private static boolean isKey(String key) {
    boolean isWord = !key.isEmpty() && key.length() <= LONGEST_WORD;
    for (int i = 0; i < key.length() && isWord; i++) {
      char c = key.charAt(i);
      isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
    return isWord || KEY.matcher(key).matches();
  }

  private static boolean isOurs(String id) {
    for (String sign : OUR_ID_SIGNS) {
      if (id.contains(sign)) {
        return OUR_ID.matcher(id).matches();
      }
    }
    return false;
  }

  private static final class Reader {
    private final Instant now;
    private final List<Problem.Detail> faults = new ArrayList<>();
    private int keys;

    Reader(Instant now) {
      this.now = now;
    }

    EventInput read(JsonObject body, @Nullable String ourId) {
      for (String field : body.fieldNames()) {
        if (!FIELDS.contains(field)) {
          fault(
              "/" + step(field),
              "unknown-field",
              String.join(", ", FIELDS.stream().sorted().toList()));
        }
      }
      String type = text(body, "type", TYPE, "event-type").orElse("");
      if (OURS.contains(type.split("\\.", 2)[0])) {
        fault("/type", "reserved-type", type);
      }
      Instant time = time(body.getValue("time"));
      Map<String, String> identifiers = identifiers(body.getValue("identifiers"));
      Map<String, Object> properties = properties(body.getValue("properties"));
      Optional<String> id =
          body.containsKey("id") ? text(body, "id", ID, "event-id") : Optional.empty();
      if (id.filter(EventInput::isOurs).isPresent()) {
        fault("/id", "reserved-id");
      }
      Map<String, Object> meaning =
          faults.isEmpty() ? new Meaning(faults).check(type, properties) : properties;
      if (!faults.isEmpty()) {
        throw Problem.invalid(faults);
      }
      return new EventInput(
          ourId != null
              ? ourId
              : id.orElseGet(
                  () -> idOf(type, time, body.containsKey("time"), identifiers, meaning)),
          type,
          time,
          identifiers,
          meaning);
    }

    private Optional<String> text(JsonObject body, String field, Pattern pattern, String code) {
      if (body.getValue(field) instanceof String text && pattern.matcher(text).matches()) {
        return Optional.of(text);
      }
      fault("/" + field, code);
      return Optional.empty();
    }

    private Instant time(@Nullable Object written) {
      if (written == null) {
        return now;
      }
      try {
        Instant time = java.time.OffsetDateTime.parse(String.valueOf(written)).toInstant();
        if (time.isAfter(now.plus(TOLERATED_MINUTES, ChronoUnit.MINUTES))) {
          fault("/time", "time-ahead", String.valueOf(written));
        } else if (time.isBefore(Instant.EPOCH)) {
          fault("/time", "time-format");
        }
        return time.isAfter(now) ? now : time.truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeParseException _) {
        fault("/time", "time-format");
        return now;
      }
    }

    private Map<String, String> identifiers(@Nullable Object written) {
      Map<String, String> normalised = new LinkedHashMap<>();
      if (!(written instanceof JsonObject object) || object.isEmpty()) {
        fault("/identifiers", "identifiers-missing", String.join(", ", Identifiers.KINDS));
        return normalised;
      }
      for (String kind : object.fieldNames()) {
        if (!Identifiers.KINDS.contains(kind)) {
          fault(
              "/identifiers/" + step(kind), "unknown-field", String.join(", ", Identifiers.KINDS));
        } else if (object.getValue(kind) instanceof String text) {
          Identifiers.normalise(kind, text)
              .ifPresentOrElse(
                  value -> normalised.put(kind, value),
                  () -> fault("/identifiers/" + kind, "identifier-" + kind));
        } else {
          fault("/identifiers/" + kind, "identifier-" + kind);
        }
      }
      return normalised;
    }

    private Map<String, Object> properties(@Nullable Object written) {
      if (written == null) {
        return Map.of();
      }
      if (written instanceof JsonObject object) {
        return map(object, () -> "/properties", 1);
      }
      fault("/properties", "properties-object");
      return Map.of();
    }

    /** Of all pointers only those of faults are ever written. */
    private Map<String, Object> map(JsonObject object, Supplier<String> pointer, int depth) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (String key : object.fieldNames()) {
        keys++;
        Supplier<String> place = () -> pointer.get() + "/" + step(key);
        if (!isKey(key) || depth > DEEPEST || keys > MOST_KEYS) {
          fault(place.get(), "property-key");
          return map;
        }
        Object value = value(object.getValue(key), place, depth);
        if (value != null) {
          map.put(key, value);
        }
      }
      return map;
    }

    private @Nullable Object value(@Nullable Object written, Supplier<String> pointer, int depth) {
      return switch (written) {
        case null -> null;
        case String text -> text;
        case Boolean truth -> truth;
        case Integer number -> BigDecimal.valueOf(number);
        case Long number -> BigDecimal.valueOf(number);
        case Number number -> decimal(number, pointer);
        case JsonObject object -> map(object, pointer, depth + 1);
        case JsonArray array -> {
          List<Object> list = new ArrayList<>();
          for (int i = 0; i < array.size() && depth < DEEPEST; i++) {
            keys++;
            String index = "/" + i;
            Object value =
                keys > MOST_KEYS
                    ? null
                    : value(array.getValue(i), () -> pointer.get() + index, depth + 1);
            if (value != null) {
              list.add(value);
            }
          }
          if (keys > MOST_KEYS || depth >= DEEPEST) {
            fault(pointer.get(), "property-key");
          }
          yield list;
        }
        default -> {
          fault(pointer.get(), "property-key");
          yield null;
        }
      };
    }

    private @Nullable Object decimal(Number number, Supplier<String> pointer) {
      if (number instanceof Double floating && !Double.isFinite(floating)) {
        fault(pointer.get(), "number-size");
        return null;
      }
      BigDecimal decimal = new BigDecimal(number.toString());
      if (decimal.precision() <= Meaning.MOST_DIGITS
          && Math.abs((long) decimal.scale()) <= Meaning.MOST_DIGITS) {
        return decimal;
      }
      fault(pointer.get(), "number-size");
      return null;
    }

    /** A key as one step of a JSON pointer (RFC 6901). */
    private static String step(String key) {
      return key.replace("~", "~0").replace("/", "~1");
    }

    private void fault(String pointer, String code, String... values) {
      if (faults.size() < MOST_FAULTS) {
        faults.add(new Problem.Detail(pointer, code, List.of(values)));
      }
    }
  }

  /** An order is told apart by its own number, everything else by all that was said about it. */
  private static String idOf(
      String type,
      Instant time,
      boolean timed,
      Map<String, String> identifiers,
      Map<String, Object> properties) {
    if (type.equals(EventTypes.ORDER) && properties.get("orderId") instanceof String orderId) {
      return "order:" + orderId;
    }
    return Values.hash(
        type,
        timed ? time.toString() : java.util.UUID.randomUUID().toString(),
        new java.util.TreeMap<>(identifiers).toString(),
        properties.toString());
  }
}
