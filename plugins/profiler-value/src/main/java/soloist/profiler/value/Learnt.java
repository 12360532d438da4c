package soloist.profiler.value;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt.
 *
 * @param worth null where too few customers have come back
 * @param holdsOut whether future orders were not learnt from one customer of five, so that it can
 *     be judged by them
 */
record Learnt(Scales scales, @Nullable Worth worth, boolean holdsOut) {
  private static final int FORM = 4;

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      scales.write(out);
      out.writeBoolean(holdsOut);
      out.writeBoolean(worth != null);
      if (worth != null) {
        worth.write(out);
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
        Scales scales = Scales.read(in);
        boolean holdsOut = in.readBoolean();
        return new Learnt(scales, in.readBoolean() ? Worth.read(in) : null, holdsOut);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no model of customer value", e);
    }
    throw new IllegalArgumentException("these bytes are no model of this version");
  }
}
