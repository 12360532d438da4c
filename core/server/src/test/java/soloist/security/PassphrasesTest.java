package soloist.security;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.http.Problem;

class PassphrasesTest {
  private static final String WORDS = "quiet lamp seven rivers";

  @TempDir private Path folder;
  private Passphrases passphrases;

  @BeforeEach
  void open() throws Exception {
    passphrases = new Passphrases(Keys.open(folder.resolve("key")));
  }

  @AfterEach
  void close() {
    passphrases.close();
  }

  @Test
  void whatIsStoredNamesItsCostAndIsAnotherEachTime() {
    String one = passphrases.hash(WORDS);
    String other = passphrases.hash(WORDS);

    assertTrue(one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), one);
    assertNotEquals(one, other);
    assertTrue(passphrases.matches(one, WORDS));
    assertTrue(passphrases.matches(other, WORDS));
    assertFalse(passphrases.matches(one, WORDS + " "));
  }

  @Test
  void theStoreAloneIsNotEnoughToGuessAt() throws Exception {
    String stored = passphrases.hash(WORDS);

    try (var elsewhere = new Passphrases(Keys.open(folder.resolve("another key")))) {
      assertFalse(elsewhere.matches(stored, WORDS));
    }
  }

  @Test
  void oneWayToWriteALetterIsAsGoodAsAnother() {
    assertTrue(
        passphrases.matches(passphrases.hash("caf\u00e9 au lait noir"), "cafe\u0301 au lait noir"));
  }

  @Test
  void nobodyHasThePassphraseOfNobody() {
    assertFalse(passphrases.matches("", WORDS));
    assertFalse(passphrases.matches("", ""));
  }

  @Test
  void aFloodIsTurnedAwayInsteadOfFillingTheMemory() throws Exception {
    String stored = passphrases.hash(WORDS);
    int busy = 0;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        tries.add(clients.submit(() -> isTurnedAway(stored)));
      }
      for (Future<Boolean> tried : tries) {
        busy += tried.get() ? 1 : 0;
      }
    }

    assertTrue(busy >= 60 - 2 - 20 - 15, busy + " of 60 were turned away");
    // Two are at work and twenty wait, of whom a busy machine may let some wait too long.
    assertTrue(busy <= 60 - 15, busy + " of 60 were turned away");
    assertTrue(passphrases.matches(stored, WORDS));
  }

  private boolean isTurnedAway(String stored) {
    try {
      assertTrue(passphrases.matches(stored, WORDS));
      return false;
    } catch (Problem problem) {
      assertEquals(503, problem.status());
      return true;
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "soloist.slow", matches = "true")
  void anUnknownAccountTakesAsLongAsAKnownOne() {
    String stored = passphrases.hash(WORDS);
    double[] known = new double[500];
    double[] unknown = new double[500];
    for (int i = -20; i < 500; i++) {
      double one = seconds(stored);
      double other = seconds("");
      if (i >= 0) {
        known[i] = one;
        unknown[i] = other;
      }
    }
    java.util.Arrays.sort(known);
    java.util.Arrays.sort(unknown);

    double difference = Math.abs(known[250] - unknown[250]) / known[250];

    assertTrue(difference < 0.05, known[250] + " s and " + unknown[250] + " s");
  }

  private double seconds(String stored) {
    long began = System.nanoTime();
    assertFalse(passphrases.matches(stored, "something else"));
    return (System.nanoTime() - began) / 1e9;
  }

  @ParameterizedTest
  @CsvSource({
    "short one!!, passphrase-length",
    "123456789012, passphrase-common",
    "aaaaaaaaaaaaaaaa, passphrase-common",
    "abcabcabcabcabc, passphrase-common",
    "1QAZ2WSX3edc, passphrase-common",
    "Sunshine20262026, passphrase-common",
    "password!!!!!!!!, passphrase-common",
    "i am marietta of tea, passphrase-personal"
  })
  void aPassphraseThatIsTriedFirstIsRefused(String passphrase, String code) {
    Problem refused =
        assertThrows(
            Problem.class,
            () -> GoodPassphrase.check("/passphrase", passphrase, "Marietta@tea.example"));

    assertEquals(code, refused.details().getFirst().code());
    assertEquals("/passphrase", refused.details().getFirst().pointer());
  }

  @ParameterizedTest
  @ValueSource(strings = {WORDS, "correct horse battery staple", "四个互不相关的词组成的口令", "Xk9#vv21Lq0p"})
  void nothingIsAskedAboutKindsOfCharacters(String passphrase) {
    assertDoesNotThrow(
        () -> GoodPassphrase.check("/passphrase", passphrase, "Marietta@tea.example"));
  }
}
