package soloist.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master key in a file of its own, and keys for each use derived from it by HKDF-SHA-256 (RFC
 * 5869).
 */
public final class Keys {
  private static final int BYTES = 32;

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
      KDF hkdf = KDF.getInstance("HKDF-SHA256");
      SecretKey key =
          hkdf.deriveKey(
              "HmacSHA256",
              HKDFParameterSpec.ofExtract()
                  .addIKM(master)
                  .thenExpand(use.getBytes(StandardCharsets.UTF_8), BYTES));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(data), length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("JDK 25 has HKDF-SHA256 and HmacSHA256", e);
    }
  }
}
