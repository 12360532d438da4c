package soloist.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import soloist.spi.Text;

/**
 * An answer that says what went wrong (RFC 9457). Thrown by endpoints and what they call for the
 * fault of a caller; the words come from {@link Texts} in the caller's language.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One part of the request that is wrong.
   *
   * @param pointer JSON pointer into the body, or the name of a parameter
   * @param code key of the words
   * @param values put into the words
   * @param said the words themselves, where they are not ours
   */
  public record Detail(String pointer, String code, List<String> values, @Nullable Text said) {

    public Detail(String pointer, String code, List<String> values) {
      this(pointer, code, values, null);
    }

    /** The sentence in a language. */
    public String in(String language) {
      if (said == null) {
        return Texts.say(language, code, values);
      }
      return language.equals(Texts.CHINESE) ? said.zh() : said.en();
    }

    /** The same of a part of something larger, which lies there. */
    public Detail below(String above) {
      return new Detail(above + pointer, code, values, said);
    }
  }

  private final int status;
  private final String code;
  private final transient List<Detail> details;
  private final transient Map<String, String> headers;

  public Problem(int status, String code, List<Detail> details, Map<String, String> headers) {
    super(code + " " + details, null, false, false);
    this.status = status;
    this.code = code;
    this.details = List.copyOf(details);
    this.headers = Map.copyOf(headers);
  }

  public static Problem invalid(List<Detail> details) {
    return new Problem(400, "invalid-request", details, Map.of());
  }

  public static Problem invalid(String pointer, String code, String... values) {
    return invalid(List.of(new Detail(pointer, code, List.of(values))));
  }

  public static Problem notFound() {
    return new Problem(404, "not-found", List.of(), Map.of());
  }

  public static Problem busy(int retryAfterSeconds) {
    return new Problem(
        503, "busy", List.of(), Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public List<Detail> details() {
    return details;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
