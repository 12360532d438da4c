package soloist.security;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of addresses as CIDR writes it (RFC 4632, RFC 4291): all that begin with the same bits.
 */
record Network(InetAddress first, int bits) {
  private static final Pattern WRITTEN =
      Pattern.compile(
          "([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

  /** Reads {@code 203.0.113.0/24}, {@code 2001:db8::/32} or one address. */
  static Optional<Network> read(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress first = InetAddress.ofLiteral(written.group(1));
      int most = first.getAddress().length * Byte.SIZE;
      int bits = written.group(2) == null ? most : Integer.parseInt(written.group(2));
      return bits <= most ? Optional.of(new Network(first, bits)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  boolean has(String address) {
    byte[] mine = first.getAddress();
    byte[] other;
    try {
      other = InetAddress.ofLiteral(address).getAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
    if (other.length != mine.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
