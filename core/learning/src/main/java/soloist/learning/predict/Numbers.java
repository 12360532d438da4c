package soloist.learning.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Arrays in the form in which methods are kept. */
final class Numbers {
  /** What is longer is no method but a damaged one; reading it would take the memory. */
  private static final int MOST = 50_000_000;

  private Numbers() {}

  static void write(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static void write(DataOutput out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  static void write(DataOutput out, double[][] values) throws IOException {
    out.writeInt(values.length);
    for (double[] row : values) {
      write(out, row);
    }
  }

  static double[] doubles(DataInput in) throws IOException {
    double[] values = new double[length(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static int[] ints(DataInput in) throws IOException {
    int[] values = new int[length(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  static double[][] table(DataInput in) throws IOException {
    double[][] values = new double[length(in)][];
    for (int i = 0; i < values.length; i++) {
      values[i] = doubles(in);
    }
    return values;
  }

  static int length(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST) {
      throw new IOException("an array of " + length + " values");
    }
    return length;
  }
}
