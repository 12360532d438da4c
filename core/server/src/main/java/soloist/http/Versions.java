package soloist.http;

import java.util.List;
import java.util.Map;

/**
 * Keeps two people from undoing each other's work: what is read carries its version as a strong
 * ETag, and who changes it names the version that was read (RFC 9110, 13.1.1).
 */
public final class Versions {
  private Versions() {}

  public static Reply tagged(Reply reply, int version) {
    return reply.with("ETag", "\"" + version + "\"");
  }

  /**
   * The version that the caller has read.
   *
   * @throws Problem 428 when the request names none
   */
  public static int expected(Request request) {
    String tag = request.header("If-Match").orElse("").strip();
    if (!tag.matches("\"[0-9]{1,9}\"")) {
      throw new Problem(428, "version-missing", List.of(), Map.of());
    }
    return Integer.parseInt(tag.substring(1, tag.length() - 1));
  }

  /**
   * Refuses a change to something that has changed since it was read.
   *
   * @throws Problem 412
   */
  public static void require(int expected, int current) {
    if (expected != current) {
      throw changed();
    }
  }

  /** What to answer who would undo another's work. */
  public static Problem changed() {
    return new Problem(412, "version-changed", List.of(), Map.of());
  }
}
