package soloist.config;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.store.Store;

/**
 * Under which address people elsewhere reach this server, by a proxy that passes on what they ask
 * for: as the command line says, else as the owner does.
 */
public final class PublicAddress {
  private static final String ID = "public-address";
  private static final int LONGEST = 200;

  /**
   * What the owner has said.
   *
   * @param proven the address that was last seen to lead here, which may be an earlier one
   */
  private record Said(Optional<URI> url, Optional<URI> proven) {
    List<URI> all() {
      return Stream.of(url, proven).flatMap(Optional::stream).distinct().toList();
    }
  }

  private final Store store;
  private final Optional<URI> option;
  private volatile Said said;

  /** Read for every request. */
  private volatile List<URI> known;

  /**
   * @param option what the command line says
   */
  public PublicAddress(Store store, Optional<URI> option) {
    this.store = store;
    this.option = option;
    Document stored = store.state().find(eq("_id", ID)).first();
    said = new Said(uri(stored, "url"), uri(stored, "proven"));
    known = option.map(List::of).orElseGet(said::all);
  }

  public Optional<URI> now() {
    return option.or(() -> said.url());
  }

  /** Whether the command line says it, so that nobody else can. */
  public boolean isFixed() {
    return option.isPresent();
  }

  /**
   * The addresses under which pages are answered. The one that was last seen to lead here stays
   * among them, so that a slip of the pen shuts nobody out who came by it.
   */
  public List<URI> known() {
    return known;
  }

  /**
   * Takes what the owner says; empty for none.
   *
   * @throws Problem when the command line says it
   */
  public synchronized void set(Optional<URI> url) {
    if (isFixed()) {
      throw new Problem(409, "public-address-fixed", List.of(), Map.of());
    }
    keep(new Said(url, said.proven()));
  }

  /** This address was seen to lead here. */
  public synchronized void noteProven(URI url) {
    Said now = said;
    if (now.url().equals(Optional.of(url)) && !now.proven().equals(now.url())) {
      keep(new Said(now.url(), now.url()));
    }
  }

  private void keep(Said next) {
    Document document =
        new Document("_id", ID)
            .append("url", next.url().map(URI::toString).orElse(null))
            .append("proven", next.proven().map(URI::toString).orElse(null));
    store.state().replaceOne(eq("_id", ID), document, new ReplaceOptions().upsert(true));
    said = next;
    known = next.all();
  }

  private static Optional<URI> uri(@Nullable Document stored, String key) {
    return Optional.ofNullable(stored).map(it -> it.getString(key)).map(URI::create);
  }

  /**
   * What somebody has typed in.
   *
   * @throws Problem when it is no https address of another machine, or has more than a host
   */
  public static Optional<URI> read(JsonObject body) {
    String typed = body.getValue("url") instanceof String text ? text.strip() : "";
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(typed);
      String behind = url.getRawPath();
      if (typed.length() <= LONGEST
          && "https".equalsIgnoreCase(url.getScheme())
          && url.getHost() != null
          && !isThisMachine(url.getHost())
          && url.getRawUserInfo() == null
          && (behind == null || behind.isEmpty() || behind.equals("/"))
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return Optional.of(URI.create("https://" + url.getRawAuthority().toLowerCase(Locale.ROOT)));
      }
    } catch (URISyntaxException _) {
      // the sentence below serves every fault
    }
    throw Problem.invalid("/url", "public-address");
  }

  private static boolean isThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    try {
      InetAddress literal = InetAddress.ofLiteral(name.replaceAll("[\\[\\]]", ""));
      return literal.isLoopbackAddress() || literal.isAnyLocalAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
