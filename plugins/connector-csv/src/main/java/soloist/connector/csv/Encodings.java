package soloist.connector.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the encoding of a file by its byte order mark or by what its bytes can be. */
final class Encodings {
  static final Charset GB18030 = Charset.forName("GB18030");
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final int HEAD = 64 << 10;

  private Encodings() {}

  static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  /** What the byte order mark says; null without one. */
  static @Nullable Charset marked(byte[] head) {
    if (head.length >= 3
        && head[0] == (byte) 0xEF
        && head[1] == (byte) 0xBB
        && head[2] == (byte) 0xBF) {
      return StandardCharsets.UTF_8;
    }
    if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return null;
  }

  static int lengthOfMark(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? 3 : 2;
  }

  /** Guesses without a mark, from the head and the first bytes that are not ASCII. */
  static Charset guess(Path file, byte[] head) throws IOException {
    long evenZeros = 0;
    long oddZeros = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        evenZeros += 1 - (i & 1);
        oddZeros += i & 1;
      }
    }
    // Delimiters and line ends have a zero byte in UTF-16, even where every letter is Chinese.
    if (oddZeros > head.length / 40 && oddZeros > 4 * evenZeros) {
      return StandardCharsets.UTF_16LE;
    }
    if (evenZeros > head.length / 40 && evenZeros > 4 * oddZeros) {
      return StandardCharsets.UTF_16BE;
    }
    byte[] telling = telling(file);
    if (reads(telling, StandardCharsets.UTF_8)) {
      return StandardCharsets.UTF_8;
    }
    return shareOfHan(telling) > 0.7 && reads(telling, GB18030) ? GB18030 : WINDOWS_1252;
  }

  /** 64 KiB from the first byte on that is not ASCII. */
  private static byte[] telling(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = new byte[HEAD];
      for (int length = in.read(part); length > 0; length = in.read(part)) {
        for (int i = 0; i < length; i++) {
          if (part[i] < 0) {
            byte[] telling = Arrays.copyOfRange(part, i, length + HEAD);
            int more = in.readNBytes(telling, length - i, HEAD);
            return Arrays.copyOf(telling, length - i + more);
          }
        }
      }
      return new byte[0];
    }
  }

  /** Whether the bytes are text of this encoding, but for a few damaged or cut characters. */
  private static boolean reads(byte[] bytes, Charset charset) {
    String text = new String(bytes, charset);
    long high = text.chars().filter(c -> c >= 0x80).count();
    long unreadable = text.chars().filter(c -> c == Source.UNREADABLE).count();
    return unreadable * 10 <= high;
  }

  /**
   * How many of the bytes above ASCII come in pairs as in GB 2312, where everyday Chinese lies. In
   * Western text such a byte mostly stands alone among letters.
   */
  private static double shareOfHan(byte[] bytes) {
    int pairs = 0;
    int others = 0;
    for (int i = 0; i < bytes.length; i++) {
      int first = bytes[i] & 0xFF;
      if (first >= 0x80) {
        int second = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
        if (first >= 0xA1 && first <= 0xF7 && second >= 0xA1) {
          pairs++;
          i++;
        } else {
          others++;
        }
      }
    }
    return pairs == 0 ? 0 : (double) pairs / (pairs + others);
  }
}
