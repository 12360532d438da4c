package soloist.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import soloist.http.Problem;

/**
 * Argon2id (RFC 9106) over a passphrase that was mixed with the key file first, so that the store
 * alone is not enough to guess at. Two are worked out at a time and twenty wait, which bounds the
 * memory that a flood of sign-ins takes at 40 MiB.
 */
final class Passphrases implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int WAITING = 20;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([\\w+/-]+)\\$([\\w+/-]+)");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final Keys keys;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("passphrase-", 0).daemon().factory());

  /** Belongs to nobody; trying it takes as long as trying a real one. */
  private final String nobodys = phc(KIBIBYTES, PASSES, LANES, random(16), random(HASH_BYTES));

  Passphrases(Keys keys) {
    this.keys = keys;
    workers.allowCoreThreadTimeOut(true);
  }

  /** What is stored of a passphrase, in the PHC string format. */
  String hash(String passphrase) {
    byte[] salt = random(SALT_BYTES);
    return worked(
        () ->
            phc(
                KIBIBYTES,
                PASSES,
                LANES,
                salt,
                argon2(passphrase, salt, KIBIBYTES, PASSES, LANES, HASH_BYTES)));
  }

  /**
   * Whether it is the passphrase that was stored.
   *
   * @param stored empty for an account that there is not; that takes as long
   */
  boolean matches(String stored, String passphrase) {
    Matcher phc = PHC.matcher(stored.isEmpty() ? nobodys : stored);
    if (!phc.matches()) {
      throw new IllegalStateException("a stored passphrase cannot be read");
    }
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] hash = Base64.getDecoder().decode(phc.group(5));
    byte[] tried =
        worked(
            () ->
                argon2(
                    passphrase,
                    salt,
                    Integer.parseInt(phc.group(1)),
                    Integer.parseInt(phc.group(2)),
                    Integer.parseInt(phc.group(3)),
                    hash.length));
    return MessageDigest.isEqual(hash, tried) && !stored.isEmpty();
  }

  private byte[] argon2(
      String passphrase, byte[] salt, int kibibytes, int passes, int lanes, int length) {
    byte[] peppered =
        keys.mac(
            "passphrase",
            Normalizer.normalize(passphrase, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8),
            HASH_BYTES);
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kibibytes)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(peppered, hash);
    return hash;
  }

  private static String phc(int kibibytes, int passes, int lanes, byte[] salt, byte[] hash) {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            kibibytes, passes, lanes, ENCODER.encodeToString(salt), ENCODER.encodeToString(hash));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private <T> T worked(Callable<T> work) {
    try {
      return workers.submit(work).get();
    } catch (RejectedExecutionException _) {
      throw new Problem(503, "sign-in-busy", List.of(), Map.of("Retry-After", "2"));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a passphrase could not be worked out", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
