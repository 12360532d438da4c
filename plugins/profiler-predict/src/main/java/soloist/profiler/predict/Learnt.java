package soloist.profiler.predict;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import soloist.learning.data.Vocabulary;
import soloist.spi.Profiler.StandingSegment;
import soloist.spi.Text;

/**
 * What was learnt.
 *
 * @param vocabulary the words of texts
 * @param share of the customers to whom it happened
 * @param bound from which chance on it is said to happen
 */
record Learnt(
    Vocabulary vocabulary,
    Learner learner,
    double share,
    double bound,
    List<StandingSegment> segments) {
  private static final int FORM = 3;
  private static final int MOST_SEGMENTS = 20;

  Learnt {
    segments = List.copyOf(segments);
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeDouble(share);
      out.writeDouble(bound);
      out.writeInt(segments.size());
      for (StandingSegment segment : segments) {
        out.writeUTF(segment.id());
        write(segment.name(), out);
        write(segment.description(), out);
        out.writeUTF(segment.condition());
      }
      vocabulary.write(out);
      learner.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Text text, DataOutputStream out) throws IOException {
    out.writeUTF(text.en());
    out.writeUTF(text.zh());
  }

  /**
   * @throws IllegalArgumentException when the bytes are no model of this profiler
   */
  static Learnt of(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORM) {
        throw new IOException("another form");
      }
      double share = in.readDouble();
      double bound = in.readDouble();
      int count = in.readInt();
      if (count < 0 || count > MOST_SEGMENTS) {
        throw new IOException(count + " segments");
      }
      List<StandingSegment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        segments.add(
            new StandingSegment(
                in.readUTF(),
                new Text(in.readUTF(), in.readUTF()),
                new Text(in.readUTF(), in.readUTF()),
                in.readUTF()));
      }
      return new Learnt(Vocabulary.read(in), Learner.read(in), share, bound, segments);
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no model of this version", e);
    }
  }
}
