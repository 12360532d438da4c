package soloist.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) for one user. It keeps what proves the
 * password, not the password.
 */
final class Scram {
  static final String MECHANISM = "SCRAM-SHA-256";

  /** The least RFC 7677 allows; more would only help a password that can be guessed. */
  static final int ITERATIONS = 4096;

  /** Longer messages than this are not honest ones. */
  static final int LONGEST = 1024;

  /** No channel binding, no other identity: {@code n,,} or {@code y,,}. */
  private static final int HEADER = 3;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final String user;
  private final byte[] salt;

  /** Asked for only after the client has made its own, so that a start does not wait for both. */
  private final CompletableFuture<Keys> keys;

  /** What there is to know of the password. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Keys(byte[] stored, byte[] server) {}

  Scram(String user, String password, byte[] salt) {
    this.user = user;
    this.salt = salt.clone();
    this.keys = CompletableFuture.supplyAsync(() -> keys(password, this.salt));
  }

  private static Keys keys(String password, byte[] salt) {
    byte[] salted = salted(password, salt);
    return new Keys(sha256(mac(salted, "Client Key")), mac(salted, "Server Key"));
  }

  static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /** A password of 256 random bits, in letters that a connection string takes as they are. */
  static String randomPassword() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
  }

  Conversation begin() {
    return begin(BASE64.encodeToString(random(24)));
  }

  Conversation begin(String nonce) {
    return new Conversation(nonce);
  }

  /** Two messages and their answers; an empty answer ends it. */
  final class Conversation {
    private final String ours;
    private String nonce = "";
    private String header = "";
    private String soFar = "";

    private Conversation(String ours) {
      this.ours = ours;
    }

    /** Answers the client's first message, such as {@code n,,n=user,r=abc}. */
    Optional<String> first(String message) {
      if (!message.startsWith("n,,") && !message.startsWith("y,,")) {
        return Optional.empty();
      }
      Map<Character, String> said = attributes(message.substring(HEADER));
      String theirs = said.getOrDefault('r', "");
      if (!nonce.isEmpty() || theirs.isEmpty() || !user.equals(said.get('n'))) {
        return Optional.empty();
      }
      header = BASE64.encodeToString(message.substring(0, HEADER).getBytes(UTF_8));
      nonce = theirs + ours;
      String answer = "r=" + nonce + ",s=" + BASE64.encodeToString(salt) + ",i=" + ITERATIONS;
      soFar = message.substring(HEADER) + "," + answer;
      return Optional.of(answer);
    }

    /** Answers the client's proof with ours, if it is one. */
    Optional<String> last(String message) {
      int proof = message.lastIndexOf(",p=");
      Map<Character, String> said = attributes(message);
      if (nonce.isEmpty()
          || proof < 0
          || !header.equals(said.get('c'))
          || !nonce.equals(said.get('r'))) {
        return Optional.empty();
      }
      String all = soFar + "," + message.substring(0, proof);
      byte[] clientKey = mac(keys.join().stored(), all);
      byte[] given = decoded(said.getOrDefault('p', ""));
      if (given.length != clientKey.length) {
        return Optional.empty();
      }
      for (int i = 0; i < clientKey.length; i++) {
        clientKey[i] ^= given[i];
      }
      return MessageDigest.isEqual(sha256(clientKey), keys.join().stored())
          ? Optional.of("v=" + BASE64.encodeToString(mac(keys.join().server(), all)))
          : Optional.empty();
    }
  }

  private static Map<Character, String> attributes(String message) {
    var attributes = new HashMap<Character, String>();
    for (String part : message.split(",", -1)) {
      if (part.length() > 1 && part.charAt(1) == '=') {
        attributes.put(part.charAt(0), part.substring(2));
      }
    }
    return attributes;
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  /** RFC 5802's Hi, written out: the system's own takes four times as long in a cold process. */
  private static byte[] salted(String password, byte[] salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacSHA256"));
      mac.update(salt);
      byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] salted = round.clone();
      for (int i = 1; i < ITERATIONS; i++) {
        round = mac.doFinal(round);
        for (int at = 0; at < salted.length; at++) {
          salted[at] ^= round[at];
        }
      }
      return salted;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
