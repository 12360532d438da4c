package soloist.delivery;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import soloist.http.Door;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Texts;
import soloist.security.Keys;

/**
 * Whether the links in mails lead back to this server. It asks itself through the public base URL
 * for a random number, which only who has its keys can answer; until that has gone well nothing
 * leaves for a relay, since nobody who got it could unsubscribe. It asks again each hour, for
 * addresses move and certificates run out.
 */
public final class PublicUrl {
  /** Why a message waits. */
  static final String REASON = "public-url-unproven";

  private static final System.Logger LOG = System.getLogger(PublicUrl.class.getName());
  private static final String PATH = "/.well-known/soloist/";
  private static final int BYTES = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration PROVEN_FOR = Duration.ofHours(1);

  /** What the last try has found, as the key of a text and what it says. */
  private record Finding(String key, List<String> values) {}

  private final Supplier<URI> links;
  private final Optional<URI> url;
  private final Optional<SSLContext> trust;
  private final Keys keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock asking = new ReentrantLock();
  private volatile boolean needed;
  private volatile boolean proven;

  /** One answer that fails to come may be the network's; the next one counts. */
  private boolean doubted;

  private volatile @Nullable Finding finding;
  private Duration pause = FIRST_PAUSE;
  private Instant next = Instant.MIN;

  /**
   * @param links what links in mails begin with
   * @param url to be proven; empty when the owner has named none
   * @param needed whether mail leaves this machine from the beginning
   * @param trust whose certificates count; empty for those that the JDK trusts
   */
  public PublicUrl(
      Supplier<URI> links,
      Optional<URI> url,
      boolean needed,
      Optional<SSLContext> trust,
      Keys keys,
      InstantSource clock) {
    this.links = links;
    this.url = url;
    this.needed = needed;
    this.trust = trust;
    this.keys = keys;
    this.clock = clock;
  }

  /** A channel was opened whose mail leaves this machine. */
  void require() {
    needed = true;
  }

  public void mount(Routes api, Routes open) {
    open.get(PATH + ":challenge", Door.OPEN, this::answer);
    api.post(
        "/api/v1/public-url/check",
        Permission.SETTINGS_WRITE,
        _ -> {
          checkNow();
          return Reply.json(status());
        });
  }

  private Reply answer(Request request) {
    String challenge = request.path("challenge");
    return new Reply(
        200,
        Map.of("Content-Type", "text/plain; charset=us-ascii"),
        Buffer.buffer(proof(challenge)));
  }

  private String proof(String challenge) {
    byte[] asked = challenge.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(keys.mac("public-url", asked, BYTES));
  }

  boolean isProven() {
    return proven;
  }

  /** Whether mail waits for the proof. */
  public boolean waits() {
    return needed && !proven;
  }

  /** For the status: the state, and why it is not proven yet in every language. */
  public Map<String, Object> status() {
    Finding found = finding;
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("url", links.get().toString());
    status.put("state", !needed ? "not-needed" : proven ? "proven" : "unproven");
    status.put(
        "why",
        proven || found == null
            ? null
            : Map.of(
                Texts.ENGLISH, Texts.say(Texts.ENGLISH, found.key(), found.values()),
                Texts.CHINESE, Texts.say(Texts.CHINESE, found.key(), found.values())));
    return status;
  }

  /** Asks when it is time to. Called every second, on a thread that may wait. */
  public void check() {
    if (!needed || !asking.tryLock()) {
      return;
    }
    try {
      if (!clock.instant().isBefore(next)) {
        ask();
      }
    } finally {
      asking.unlock();
    }
  }

  /** Asks because somebody wants to know; what is found counts at once. */
  private void checkNow() {
    if (!needed) {
      return;
    }
    asking.lock();
    try {
      doubted = true;
      ask();
    } finally {
      asking.unlock();
    }
  }

  private void ask() {
    Finding found =
        url.isPresent() ? find(url.get()) : new Finding("public-url.missing", List.of());
    if (found == null) {
      if (!proven) {
        LOG.log(System.Logger.Level.INFO, links.get() + " leads to this server");
      }
      proven = true;
      doubted = false;
      pause = FIRST_PAUSE;
      next = clock.instant().plus(PROVEN_FOR);
    } else if (proven && !doubted) {
      doubted = true;
      next = clock.instant().plus(FIRST_PAUSE);
      return;
    } else {
      proven = false;
      LOG.log(System.Logger.Level.WARNING, Texts.say(Texts.ENGLISH, found.key(), found.values()));
      next = clock.instant().plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
    finding = found;
  }

  private @Nullable Finding find(URI base) {
    byte[] number = new byte[BYTES];
    random.nextBytes(number);
    String challenge = HexFormat.of().formatHex(number);
    URI asked = URI.create(base.toString().replaceAll("/+$", "") + PATH + challenge);
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
    trust.ifPresent(builder::sslContext);
    try (HttpClient client = builder.build()) {
      HttpRequest request = HttpRequest.newBuilder(asked).timeout(PATIENCE).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        String said = new String(body.readNBytes(3 * BYTES), StandardCharsets.US_ASCII);
        if (response.statusCode() != 200) {
          String status = Integer.toString(response.statusCode());
          return new Finding("public-url.status", List.of(base.toString(), status));
        }
        return said.equals(proof(challenge))
            ? null
            : new Finding("public-url.other", List.of(base.toString()));
      }
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Finding("public-url.unreachable", List.of(base.toString(), why));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Finding("public-url.unreachable", List.of(base.toString(), "interrupted"));
    }
  }
}
