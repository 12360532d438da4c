package soloist.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final byte[] DATA = {1, 2, 3};

  @TempDir private Path folder;

  @Test
  void aNewKeyIsForItsOwnerAloneAndStays() throws IOException {
    Path file = folder.resolve("deep").resolve("key");

    byte[] mac = Keys.open(file).mac("use", DATA, 16);

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertArrayEquals(mac, Keys.open(file).mac("use", DATA, 16));
  }

  @Test
  void aKeyFileOfAnotherSizeIsRefused() throws IOException {
    for (int size : new int[] {0, 31, 33}) {
      Path file = Files.write(folder.resolve("key" + size), new byte[size]);

      assertThrows(IOException.class, () -> Keys.open(file));
    }
  }

  @Test
  void eachUseHasAKeyOfItsOwn() throws IOException {
    Keys keys = Keys.open(folder.resolve("key"));

    assertFalse(Arrays.equals(keys.mac("one", DATA, 32), keys.mac("other", DATA, 32)));
  }

  @Test
  void whatIsSealedOpensAtItsPlaceUnderItsKeyOnly() throws IOException {
    Keys keys = Keys.open(folder.resolve("key"));
    Keys other = Keys.open(folder.resolve("other"));
    byte[] sealed = keys.seal("use", "here", DATA);

    assertArrayEquals(DATA, keys.open("use", "here", sealed));
    assertFalse(Arrays.equals(sealed, keys.seal("use", "here", DATA)));
    assertThrows(IllegalArgumentException.class, () -> keys.open("use", "there", sealed));
    assertThrows(IllegalArgumentException.class, () -> keys.open("other", "here", sealed));
    assertThrows(IllegalArgumentException.class, () -> other.open("use", "here", sealed));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThrows(IllegalArgumentException.class, () -> keys.open("use", "here", changed));
    }
    assertThrows(
        IllegalArgumentException.class, () -> keys.open("use", "here", Arrays.copyOf(sealed, 13)));
  }

  /** RFC 5869, test case 1. */
  @Test
  void thePlatformDerivesKeysAsTheStandardSays() throws Exception {
    HexFormat hex = HexFormat.of();

    byte[] derived =
        KDF.getInstance("HKDF-SHA256")
            .deriveData(
                HKDFParameterSpec.ofExtract()
                    .addIKM(hex.parseHex("0b".repeat(22)))
                    .addSalt(hex.parseHex("000102030405060708090a0b0c"))
                    .thenExpand(hex.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42));

    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex.formatHex(derived));
  }
}
