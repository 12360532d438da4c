package soloist.plugin;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, such as no library would. */
final class RawZip {
  private static final int REGULAR = 0100644;

  private record Written(
      byte[] name, int mode, int method, long crc, int packed, int size, int at) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Written> entries = new ArrayList<>();

  /** A zip with a manifest that is good. */
  static RawZip plugin(String id, String version) {
    return new RawZip()
        .add(
            "plugin.properties",
            "plugin.id=" + id + "\nplugin.version=" + version + "\npermissions=Does nothing.\n");
  }

  RawZip add(String name, String text) {
    return add(name, text.getBytes(StandardCharsets.UTF_8), REGULAR);
  }

  RawZip add(String name, byte[] bytes, int mode) {
    return add(List.of(name), bytes, mode);
  }

  /** The same bytes under several names, packed once. */
  RawZip add(List<String> names, byte[] bytes, int mode) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    byte[] packed = bytes.length < 1_000 ? bytes : deflated(bytes);
    int method = packed == bytes ? 0 : 8;
    for (String name : names) {
      byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
      entries.add(
          new Written(
              nameBytes, mode, method, crc.getValue(), packed.length, bytes.length, out.size()));
      ByteBuffer head = buffer(30);
      head.putInt(0x04034b50).putShort((short) 20).putShort((short) 0x800);
      head.putShort((short) method).putInt(0).putInt((int) crc.getValue());
      head.putInt(packed.length).putInt(bytes.length);
      head.putShort((short) nameBytes.length).putShort((short) 0);
      out.writeBytes(head.array());
      out.writeBytes(nameBytes);
      out.writeBytes(packed);
    }
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    for (Written entry : entries) {
      ByteBuffer head = buffer(46);
      head.putInt(0x02014b50).putShort((short) 0x031e).putShort((short) 20);
      head.putShort((short) 0x800).putShort((short) entry.method()).putInt(0);
      head.putInt((int) entry.crc()).putInt(entry.packed()).putInt(entry.size());
      head.putShort((short) entry.name().length).putShort((short) 0).putShort((short) 0);
      head.putShort((short) 0).putShort((short) 0).putInt(entry.mode() << 16).putInt(entry.at());
      whole.writeBytes(head.array());
      whole.writeBytes(entry.name());
    }
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(whole.size() - out.size()).putInt(out.size()).putShort((short) 0);
    whole.writeBytes(end.array());
    return whole.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return packed.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
