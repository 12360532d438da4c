package soloist.connector.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import soloist.connector.csv.HeaderWords.Meaning;
import soloist.spi.Mapping;
import soloist.spi.Mapping.Kind;
import soloist.spi.Text;

/**
 * What the columns seem to mean, by their names and values. Each target is guessed once, for the
 * column that it fits best.
 */
record Guess(Mapping mapping, List<Double> confidences, List<Text> notes) {
  private static final double SURE = 0.99;
  private static final double BY_VALUES = 0.8;
  private static final double BY_OWN_NAME = 0.5;
  private static final double NAMELESS = 0.3;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@＠]+[@＠][^\\s@＠]+[.。．][^\\s@＠]{2,}");
  private static final Pattern COMPUTED = Pattern.compile("orders|spent_.*|first_order|last_order");

  static boolean isAddress(String value) {
    return ADDRESS.matcher(value.strip()).matches();
  }

  static Guess of(List<String> names, List<List<String>> values, Optional<String> setKind) {
    Kind kind =
        setKind
            .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElseGet(() -> kind(names));
    List<Meaning> meanings = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      meanings.add(meaning(kind, names.get(i), values.get(i)));
    }
    String[] targets = new String[names.size()];
    Double[] confidences = new Double[names.size()];
    Set<String> taken = new HashSet<>();
    Integer[] bestFirst = new Integer[names.size()];
    Arrays.setAll(bestFirst, i -> i);
    Arrays.sort(
        bestFirst,
        (a, b) -> Double.compare(meanings.get(b).confidence(), meanings.get(a).confidence()));
    for (int i : bestFirst) {
      Meaning meaning = meanings.get(i);
      boolean free = !meaning.target().isEmpty() && taken.add(meaning.target());
      Meaning chosen = free ? meaning : fact(kind, names.get(i), i, taken);
      targets[i] = chosen.target();
      confidences[i] = chosen.confidence();
    }
    var mapping = new Mapping(kind, List.of(targets));
    return new Guess(mapping, List.of(confidences), notes(mapping));
  }

  /** An order has a number of its own, or a time and something that was bought. */
  private static Kind kind(List<String> names) {
    Set<String> found = new HashSet<>();
    for (String name : names) {
      HeaderWords.meaning("orders", name).ifPresent(meaning -> found.add(meaning.target()));
      HeaderWords.meaning("any", name).ifPresent(meaning -> found.add(meaning.target()));
    }
    boolean bought =
        Stream.of("line.product", "line.quantity", "line.price", "order.total")
            .anyMatch(found::contains);
    boolean person = Stream.of("email", "userId", "phone").anyMatch(found::contains);
    if (found.contains("order.time")
        && (found.contains("order.id") || (found.contains("line.product") && bought && person))) {
      return Kind.ORDERS;
    }
    return found.contains("line.product") && !person ? Kind.PRODUCTS : Kind.CUSTOMERS;
  }

  private static Meaning meaning(Kind kind, String name, List<String> values) {
    double addresses =
        values.isEmpty()
            ? 0
            : (double) values.stream().filter(Guess::isAddress).count() / values.size();
    Optional<Meaning> named =
        Stream.concat(
                kind == Kind.PRODUCTS ? Stream.empty() : HeaderWords.meaning("any", name).stream(),
                HeaderWords.meaning(kind.name().toLowerCase(Locale.ROOT), name).stream())
            .max((a, b) -> Double.compare(a.confidence(), b.confidence()));
    if (addresses > 0.7 && kind != Kind.PRODUCTS) {
      boolean agreed = named.filter(it -> it.target().equals("email")).isPresent();
      return new Meaning("email", agreed ? SURE : BY_VALUES);
    }
    Meaning meaning = named.orElse(new Meaning("", 0));
    if (meaning.target().equals("email") && !values.isEmpty()) {
      // One named "e-mail sent" is about something else; one named "e-mail" holds bad addresses.
      boolean sure = meaning.confidence() > BY_VALUES;
      return sure ? new Meaning("email", BY_OWN_NAME) : new Meaning("", 0);
    }
    return meaning;
  }

  /** What is left is a fact of a customer or product; orders have none. */
  private static Meaning fact(Kind kind, String name, int index, Set<String> taken) {
    if (kind == Kind.ORDERS) {
      return new Meaning("", BY_OWN_NAME);
    }
    String key = key(name);
    boolean nameless = key.isEmpty();
    key = nameless ? "column_" + (index + 1) : key;
    key = COMPUTED.matcher(key).matches() ? "file_" + key : key;
    String unique = "trait:" + key;
    for (int n = 2; !taken.add(unique); n++) {
      unique = "trait:" + key + "_" + n;
    }
    return new Meaning(unique, nameless ? NAMELESS : BY_OWN_NAME);
  }

  /** Lower-case letters, digits and underscores, as the platform names traits. */
  private static String key(String name) {
    String key =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|_+$", "");
    return key.substring(0, Math.min(key.length(), 50));
  }

  private static List<Text> notes(Mapping mapping) {
    List<Text> notes = new ArrayList<>();
    boolean person =
        mapping.targets().stream().anyMatch(target -> target.matches("email|userId|phone"));
    if (mapping.kind() == Kind.CUSTOMERS && !person) {
      notes.add(
          new Text(
              "No column names a person. Say which one is the e-mail address, user id or phone"
                  + " number; without one nobody can be told apart.",
              "没有能识别客户的列。请指明哪一列是邮箱、用户 ID 或手机号，否则无法区分客户。"));
    }
    if (mapping.kind() == Kind.ORDERS && !mapping.targets().contains("order.id")) {
      notes.add(
          new Text(
              "No column holds an order number: rows of the same buyer at the same time are taken"
                  + " as one order.",
              "没有订单号列：同一客户在同一时间的行将视为一个订单。"));
    }
    return notes;
  }
}
