package soloist.channel.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses may be connected to: a webhook must not be a door into the owner's network. */
final class Addresses {
  /** Finds the addresses of a name. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;

  Addresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * The one address to connect to. The name is resolved once: whoever answers for it cannot say
   * something else between the check and the connection.
   *
   * @throws ForbiddenException when any address of the name is private
   */
  InetAddress pinned(String host, boolean allowPrivate)
      throws UnknownHostException, ForbiddenException {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress[] all = resolver.resolve(name);
    for (InetAddress address : all) {
      if (!allowPrivate && isPrivate(address)) {
        throw new ForbiddenException(host);
      }
    }
    return all[0];
  }

  /** Everything that is not reached over the public internet (IANA special-purpose registries). */
  static boolean isPrivate(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPrivate4(bytes) : isPrivate6(bytes);
  }

  private static boolean isPrivate4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    int third = bytes[2] & 0xFF;
    return first == 0
        || first >= 240
        || (first == 100 && second >= 64 && second < 128)
        || (first == 192 && second == 0 && (third == 0 || third == 2))
        || (first == 198 && (second == 18 || second == 19))
        || (first == 198 && second == 51 && third == 100)
        || (first == 203 && second == 0 && third == 113);
  }

  /** Only global unicast is public; of it, what carries an IPv4 address counts as that one. */
  private static boolean isPrivate6(byte[] bytes) {
    int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    if (first == 0x2002) {
      return isPrivateInside(Arrays.copyOfRange(bytes, 2, 6));
    }
    if (first == 0x0064 && second == 0xFF9B) {
      return isPrivateInside(Arrays.copyOfRange(bytes, 12, 16));
    }
    return (first & 0xE000) != 0x2000 || first == 0x2001 && (second == 0 || second == 0x0DB8);
  }

  private static boolean isPrivateInside(byte[] four) {
    try {
      return isPrivate(InetAddress.getByAddress(four));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** The address is not one that may be connected to. */
  static final class ForbiddenException extends Exception {
    private static final long serialVersionUID = 1L;

    ForbiddenException(String host) {
      super(host + " is an address of this machine or of a private network");
    }
  }
}
