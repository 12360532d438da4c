package soloist.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master key in a file of its own, and keys for each use derived from it by HKDF-SHA-256 (RFC
 * 5869).
 */
public final class Keys {
  private static final int BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte SEAL_VERSION = 1;

  private final SecretKey master;

  private Keys(byte[] master) {
    this.master = new SecretKeySpec(master, "HKDF");
  }

  /** Reads the key file, or makes one that only its owner can read. */
  public static Keys open(Path file) throws IOException {
    if (Files.notExists(file)) {
      byte[] fresh = new byte[BYTES];
      new SecureRandom().nextBytes(fresh);
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.write(file, fresh);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new IOException(
          "the key file " + file + " must hold " + BYTES + " bytes, but holds " + bytes.length);
    }
    return new Keys(bytes);
  }

  /** The first {@code length} bytes of HMAC-SHA-256 under the key for one use. */
  public byte[] mac(String use, byte[] data, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(derived(use, "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(data), length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256 and HmacSHA256", e);
    }
  }

  /**
   * Encrypts by AES-256-GCM under the key for one use.
   *
   * @param place where it is kept; it opens at no other place
   */
  public byte[] seal(String use, String place, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, use, place, nonce).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(SEAL_VERSION)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has AES-GCM", e);
    }
  }

  /**
   * Decrypts what {@link #seal} has made.
   *
   * @throws IllegalArgumentException when it was changed, moved or sealed under another key
   */
  public byte[] open(String use, String place, byte[] sealed) {
    if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != SEAL_VERSION) {
      throw new IllegalArgumentException("this is nothing that was sealed");
    }
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, use, place, nonce)
          .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "it was changed, moved or sealed under another key file", e);
    }
  }

  private Cipher cipher(int mode, String use, String place, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, derived(use, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private SecretKey derived(String use, String algorithm) throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey(
            algorithm,
            HKDFParameterSpec.ofExtract()
                .addIKM(master)
                .thenExpand(use.getBytes(StandardCharsets.UTF_8), BYTES));
  }
}
