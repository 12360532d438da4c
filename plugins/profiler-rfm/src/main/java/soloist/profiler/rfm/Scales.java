package soloist.profiler.rfm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What was learnt.
 *
 * @param people how many customers with orders were compared
 */
record Scales(int people, Scale recency, Scale frequency, Scale monetary) {
  private static final int FORM = 1;

  Scores scores(Customers.Customer customer) {
    return new Scores(
        recency.score(-customer.days()),
        frequency.score(customer.orders()),
        monetary.score(customer.spent()),
        customer.orders());
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(people);
      recency.write(out);
      frequency.write(out);
      monetary.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when the bytes are no model of this profiler
   */
  static Scales of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() == FORM) {
        return new Scales(in.readInt(), Scale.read(in), Scale.read(in), Scale.read(in));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no RFM model", e);
    }
    throw new IllegalArgumentException("these bytes are no RFM model of this version");
  }
}
