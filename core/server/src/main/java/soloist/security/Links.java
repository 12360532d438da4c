package soloist.security;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The links of a message. A token is version, message id, link number and, for a click, the
 * destination, closed by a 128-bit HMAC over all of it with a key for its kind: whoever changes one
 * bit has no link, and a redirect needs no store.
 */
public final class Links {
  private static final byte VERSION = 1;
  private static final int MAC_BYTES = 16;
  private static final int ID_BYTES = 16;
  private static final int HEAD_BYTES = 1 + ID_BYTES + 2;
  private static final int LONGEST_TOKEN = 4_096;
  private static final int LONGEST_DESTINATION = 2_048;

  /** What a link is for; the letter is its public path. */
  public enum Kind {
    OPEN("o"),
    CLICK("c"),
    UNSUBSCRIBE("u");

    private final String path;

    Kind(String path) {
      this.path = path;
    }
  }

  /**
   * What a token says.
   *
   * @param message id of the message, 32 hex digits
   * @param number of the link in the message, from 0
   * @param destination where a click goes, empty for the other kinds
   */
  public record Link(String message, int number, String destination) {}

  private final Keys keys;
  private final Supplier<URI> publicUrl;

  /**
   * @param publicUrl what links begin with
   */
  public Links(Keys keys, Supplier<URI> publicUrl) {
    this.keys = keys;
    this.publicUrl = publicUrl;
  }

  public URI open(String message) {
    return link(Kind.OPEN, new Link(message, 0, ""));
  }

  public URI unsubscribe(String message) {
    return link(Kind.UNSUBSCRIBE, new Link(message, 0, ""));
  }

  /** A link that notes the click and goes on to an http or https address. */
  public URI click(String message, int number, URI destination) {
    if (!isAllowed(destination)) {
      throw new IllegalArgumentException(
          "a link must be an http or https address, but is " + destination);
    }
    // A Location header is ASCII.
    String ascii = destination.toASCIIString();
    if (ascii.length() > LONGEST_DESTINATION) {
      throw new IllegalArgumentException(
          "a link may have "
              + LONGEST_DESTINATION
              + " characters, but this one has "
              + ascii.length());
    }
    return link(Kind.CLICK, new Link(message, number, ascii));
  }

  private URI link(Kind kind, Link link) {
    byte[] destination = link.destination().getBytes(StandardCharsets.UTF_8);
    byte[] payload =
        ByteBuffer.allocate(HEAD_BYTES + destination.length)
            .put(VERSION)
            .put(HexFormat.of().parseHex(link.message()))
            .putShort((short) link.number())
            .put(destination)
            .array();
    byte[] token =
        ByteBuffer.allocate(payload.length + MAC_BYTES)
            .put(payload)
            .put(mac(kind, payload))
            .array();
    return URI.create(
        publicUrl.get().toString().replaceAll("/+$", "")
            + "/"
            + kind.path
            + "/"
            + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
  }

  /** What a token says; empty when it was not made here, byte for byte. */
  public Optional<Link> read(Kind kind, String token) {
    if (token.length() > LONGEST_TOKEN) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    // A decoder forgives unused bits at the end; one token has one spelling.
    boolean isCanonical =
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
    if (!isCanonical || bytes.length < HEAD_BYTES + MAC_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] payload = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, payload.length, bytes.length);
    if (!MessageDigest.isEqual(mac, mac(kind, payload))) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(payload, 1, payload.length - 1);
    byte[] id = new byte[ID_BYTES];
    buffer.get(id);
    int number = buffer.getShort();
    String destination = StandardCharsets.UTF_8.decode(buffer).toString();
    return Optional.of(new Link(HexFormat.of().formatHex(id), number, destination));
  }

  private byte[] mac(Kind kind, byte[] payload) {
    return keys.mac("link:" + kind.path, payload, MAC_BYTES);
  }

  private static boolean isAllowed(URI destination) {
    boolean isHttp =
        "http".equals(destination.getScheme()) || "https".equals(destination.getScheme());
    return isHttp && destination.getHost() != null && destination.getUserInfo() == null;
  }
}
