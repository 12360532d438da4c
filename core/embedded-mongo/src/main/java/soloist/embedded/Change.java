package soloist.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry of a map, or of a whole map. It says what is there now and not how it
 * came about, so changes that are made again, in their order, lead to the same.
 */
sealed interface Change {
  /** An entry has this value now, or is gone if there is none. */
  record Entry(String map, byte[] key, byte @Nullable [] value) implements Change {}

  /** A map is gone. */
  record Drop(String map) implements Change {}

  byte PUT = 1;
  byte REMOVE = 2;
  byte DROP = 3;

  /** What a change takes in the log beside its bytes. */
  int HEAD = 2;

  String map();

  /** How many bytes it takes in the log. */
  default int length() {
    int length = HEAD + map().length();
    return switch (this) {
      case Entry entry when entry.value != null ->
          length + 2 * Integer.BYTES + entry.key.length + entry.value.length;
      case Entry entry -> length + Integer.BYTES + entry.key.length;
      case Drop _ -> length;
    };
  }

  /** The next change in a record. */
  static Change read(ByteBuffer in) {
    byte kind = in.get();
    byte[] map = new byte[in.get()];
    in.get(map);
    var name = new String(map, ISO_8859_1);
    return switch (kind) {
      case PUT -> new Entry(name, bytes(in), bytes(in));
      case REMOVE -> new Entry(name, bytes(in), null);
      case DROP -> new Drop(name);
      default -> throw new IllegalStateException("the log holds a change of no known kind");
    };
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  /** Takes the bytes of changes one after the other. */
  interface Sink {
    void put(byte one) throws java.io.IOException;

    void put(int four) throws java.io.IOException;

    void put(byte[] bytes) throws java.io.IOException;
  }

  default void write(Sink out) throws java.io.IOException {
    switch (this) {
      case Entry entry when entry.value != null -> {
        head(out, PUT);
        bytes(out, entry.key);
        bytes(out, entry.value);
      }
      case Entry entry -> {
        head(out, REMOVE);
        bytes(out, entry.key);
      }
      case Drop _ -> head(out, DROP);
    }
  }

  private void head(Sink out, byte kind) throws java.io.IOException {
    out.put(kind);
    out.put((byte) map().length());
    out.put(map().getBytes(ISO_8859_1));
  }

  private static void bytes(Sink out, byte[] bytes) throws java.io.IOException {
    out.put(bytes.length);
    out.put(bytes);
  }
}
