package soloist.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Texts that nobody can guess, and what is kept of them. */
final class Secrets {
  /** As many of 62 letters as 256 bits need. */
  static final int LENGTH = 43;

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static String secret() {
    return random(LENGTH);
  }

  /** Short and not secret. */
  static String id() {
    return random(ID_LENGTH);
  }

  private static String random(int length) {
    return RANDOM
        .ints(length, 0, LETTERS.length())
        .collect(
            StringBuilder::new,
            (text, at) -> text.append(LETTERS.charAt(at)),
            StringBuilder::append)
        .toString();
  }

  /** What is stored of a secret: SHA-256, which suffices for 256 random bits. */
  static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Compares in the same time whatever differs. */
  static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
