package soloist.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soloist.http.Problem;

/**
 * Token buckets: each key may do so much at once and gets it back evenly over a time. At most some
 * thousand keys are remembered; the one not seen for longest is forgotten first.
 */
final class Limits {
  static final Limit SIGN_IN_ACCOUNT = new Limit("account", 5, Duration.ofMinutes(15));
  static final Limit SIGN_IN_ADDRESS = new Limit("address", 20, Duration.ofMinutes(15));
  static final Limit SECOND_FACTOR = new Limit("factor", 5, Duration.ofMinutes(15));
  static final Limit SETUP = new Limit("setup", 20, Duration.ofMinutes(15));
  static final Limit TOKEN = new Limit("token", 100, Duration.ofSeconds(2));
  static final Limit TRACKING = new Limit("tracking", 500, Duration.ofSeconds(5));
  static final Limit UNSUBSCRIBE = new Limit("unsubscribe", 50, Duration.ofSeconds(5));

  private static final int MOST_KEYS = 10_000;
  private static final double NANOS = 1e9;

  /**
   * @param most at once
   * @param per in which so many come back
   */
  record Limit(String name, int most, Duration per) {}

  private static final class Bucket {
    private double left;
    private Instant at;

    Bucket(double left, Instant at) {
      this.left = left;
      this.at = at;
    }
  }

  private final InstantSource clock;
  private final int mostKeys;
  private final LinkedHashMap<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

  Limits(InstantSource clock) {
    this(clock, MOST_KEYS);
  }

  Limits(InstantSource clock, int mostKeys) {
    this.clock = clock;
    this.mostKeys = mostKeys;
  }

  /**
   * Takes one.
   *
   * @throws Problem 429, with the time after which there is one again
   */
  synchronized void take(Limit limit, String key) {
    Bucket bucket = filled(limit, key);
    if (bucket.left < 1) {
      double seconds = (1 - bucket.left) * limit.per().toNanos() / NANOS / limit.most();
      throw new Problem(
          429,
          "too-often",
          List.of(),
          Map.of("Retry-After", Long.toString(Math.max(1, (long) Math.ceil(seconds)))));
    }
    bucket.left -= 1;
  }

  /** Puts back what was taken for something that turned out to be right. */
  synchronized void giveBack(Limit limit, String key) {
    Bucket bucket = filled(limit, key);
    bucket.left = Math.min(limit.most(), bucket.left + 1);
  }

  synchronized int keys() {
    return buckets.size();
  }

  private Bucket filled(Limit limit, String key) {
    Instant now = clock.instant();
    Bucket bucket =
        buckets.computeIfAbsent(limit.name() + " " + key, _ -> new Bucket(limit.most(), now));
    if (buckets.size() > mostKeys) {
      buckets.pollFirstEntry();
    }
    double back =
        (double) Duration.between(bucket.at, now).toNanos() * limit.most() / limit.per().toNanos();
    // A clock that was set back gives nothing and takes nothing.
    bucket.left = Math.min(limit.most(), bucket.left + Math.max(0, back));
    bucket.at = now;
    return bucket;
  }

  /** The network that an address is in: /24 of IPv4, /64 of IPv6. */
  static String network(String address) {
    if (address.contains(":")) {
      try {
        byte[] bytes = java.net.InetAddress.ofLiteral(address).getAddress();
        int length = bytes.length == 4 ? 3 : 8;
        return java.util.HexFormat.of().formatHex(bytes, 0, length);
      } catch (IllegalArgumentException _) {
        return address;
      }
    }
    int dot = address.lastIndexOf('.');
    return dot < 0 ? address : address.substring(0, dot);
  }
}
