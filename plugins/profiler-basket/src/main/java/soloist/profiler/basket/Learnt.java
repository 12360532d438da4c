package soloist.profiler.basket;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import soloist.learning.basket.Rule;

/**
 * What was learnt.
 *
 * @param names of products, by the numbers in the rules
 * @param rules the surest first
 */
record Learnt(List<String> names, List<Rule> rules) {
  private static final int FORM = 1;
  private static final int MOST = 1_000_000;

  Learnt {
    names = List.copyOf(names);
    rules = List.copyOf(rules);
  }

  /** With the names of those products only that a rule speaks of. */
  static Learnt of(List<String> names, List<Rule> rules) {
    var used = new TreeSet<Integer>();
    for (Rule rule : rules) {
      used.add(rule.to());
      for (int item : rule.from()) {
        used.add(item);
      }
    }
    List<Integer> order = List.copyOf(used);
    List<Rule> renumbered = new ArrayList<>();
    for (Rule rule : rules) {
      int[] from = new int[rule.from().length];
      for (int i = 0; i < from.length; i++) {
        from[i] = order.indexOf(rule.from()[i]);
      }
      renumbered.add(
          new Rule(
              from,
              order.indexOf(rule.to()),
              rule.both(),
              rule.fromCount(),
              rule.toCount(),
              rule.baskets()));
    }
    return new Learnt(order.stream().map(names::get).toList(), renumbered);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(names.size());
      for (String name : names) {
        out.writeUTF(name);
      }
      out.writeInt(rules.size());
      for (Rule rule : rules) {
        out.writeInt(rule.from().length);
        for (int item : rule.from()) {
          out.writeInt(item);
        }
        out.writeInt(rule.to());
        out.writeInt(rule.both());
        out.writeInt(rule.fromCount());
        out.writeInt(rule.toCount());
        out.writeInt(rule.baskets());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are no model of this profiler
   */
  static Learnt of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() == FORM) {
        return read(in);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no rules", e);
    }
    throw new IllegalArgumentException("these bytes are no rules of this version");
  }

  private static Learnt read(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    int count = count(in);
    for (int i = 0; i < count; i++) {
      names.add(in.readUTF());
    }
    List<Rule> rules = new ArrayList<>();
    int ruleCount = count(in);
    for (int i = 0; i < ruleCount; i++) {
      int[] from = new int[count(in)];
      for (int j = 0; j < from.length; j++) {
        from[j] = item(in, count);
      }
      rules.add(
          new Rule(from, item(in, count), in.readInt(), in.readInt(), in.readInt(), in.readInt()));
    }
    return new Learnt(names, rules);
  }

  private static int item(DataInputStream in, int names) throws IOException {
    int item = in.readInt();
    if (item < 0 || item >= names) {
      throw new IOException("item " + item + " of " + names);
    }
    return item;
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a count of " + count);
    }
    return count;
  }
}
