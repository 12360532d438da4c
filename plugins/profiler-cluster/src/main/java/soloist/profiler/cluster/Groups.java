package soloist.profiler.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import soloist.learning.cluster.Grouping;
import soloist.learning.data.Matrix;
import soloist.learning.data.Vocabulary;

/**
 * What was learnt.
 *
 * @param vocabulary the words of texts
 * @param all what is usual of everybody
 * @param groups in their order; the first is number 1
 */
record Groups(
    Vocabulary vocabulary, Scaling scaling, Placing placing, Group all, List<Group> groups) {
  private static final int FORM = 3;
  private static final int MOST = 1_000_000;

  /**
   * One group.
   *
   * @param means by column
   * @param marked the columns that set it apart, the most telling first
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Group(int people, double[] means, int[] marked, boolean[] isHigh) {}

  Groups {
    groups = List.copyOf(groups);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      vocabulary.write(out);
      scaling.write(out);
      write(out, all);
      out.writeInt(groups.size());
      for (Group group : groups) {
        write(out, group);
      }
      out.writeDouble(placing.reach());
      out.writeInt(placing.examples().rows());
      for (int group : placing.grouping().of()) {
        out.writeInt(group);
      }
      for (double value : placing.examples().values()) {
        out.writeDouble(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are no model of this profiler
   */
  static Groups of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() == FORM) {
        return read(in);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no model of groups", e);
    }
    throw new IllegalArgumentException("these bytes are no model of groups of this version");
  }

  private static Groups read(DataInput in) throws IOException {
    Vocabulary vocabulary = Vocabulary.read(in);
    Scaling scaling = Scaling.read(in);
    Group all = readGroup(in, scaling.columns());
    List<Group> groups = new ArrayList<>();
    int count = count(in);
    for (int group = 0; group < count; group++) {
      groups.add(readGroup(in, scaling.columns()));
    }
    double reach = in.readDouble();
    int examples = count(in);
    int[] of = new int[examples];
    for (int i = 0; i < examples; i++) {
      of[i] = in.readInt();
    }
    double[] values = new double[examples * scaling.columns()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return new Groups(
        vocabulary,
        scaling,
        new Placing(
            new Matrix(examples, scaling.columns(), values), new Grouping(count, of), reach),
        all,
        groups);
  }

  private static void write(DataOutput out, Group group) throws IOException {
    out.writeInt(group.people());
    for (double mean : group.means()) {
      out.writeDouble(mean);
    }
    out.writeInt(group.marked().length);
    for (int i = 0; i < group.marked().length; i++) {
      out.writeInt(group.marked()[i]);
      out.writeBoolean(group.isHigh()[i]);
    }
  }

  private static Group readGroup(DataInput in, int columns) throws IOException {
    int people = in.readInt();
    double[] means = new double[columns];
    for (int column = 0; column < columns; column++) {
      means[column] = in.readDouble();
    }
    int[] marked = new int[count(in)];
    var isHigh = new boolean[marked.length];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = in.readInt();
      isHigh[i] = in.readBoolean();
    }
    return new Group(people, means, marked, isHigh);
  }

  private static int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("a count of " + count);
    }
    return count;
  }
}
