package soloist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.http.Problem;
import soloist.store.Store;
import soloist.store.TestStore;

class PublicAddressTest {
  private static final URI GOOD = URI.create("https://good.example");
  private static final URI SLIP = URI.create("https://slip.example");

  @ParameterizedTest
  @CsvSource({
    "https://mail.shop.example, https://mail.shop.example",
    "' HTTPS://Mail.Shop.Example/ ', https://mail.shop.example",
    "https://shop.example:8443, https://shop.example:8443",
    "https://203.0.113.7, https://203.0.113.7"
  })
  void isKeptWithNothingBehindItsHost(String typed, URI kept) {
    assertEquals(Optional.of(kept), read(typed));
  }

  @Test
  void mayBeNone() {
    assertEquals(Optional.empty(), read(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.shop.example",
        "http://shop.example",
        "https:shop.example",
        "https:///x",
        "https://a@shop.example",
        "https://shop.example/mail",
        "https://shop.example?a",
        "https://shop.example#a",
        "https://localhost:8080",
        "https://LOCALHOST.",
        "https://a.localhost",
        "https://127.0.0.1",
        "https://127.1",
        "https://0.0.0.0",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://a b.example"
      })
  void isOfAnotherMachineAndHttps(String typed) {
    assertThrows(Problem.class, () -> read(typed));
  }

  @Test
  void thatWasSeenToLeadHereGoesOnBeingAnsweredUntilTheNextOneIs() throws Exception {
    try (TestStore server = new TestStore();
        Store store = server.open("addresses")) {
      PublicAddress address = new PublicAddress(store, Optional.empty());
      address.set(Optional.of(GOOD));
      address.noteProven(SLIP);
      assertEquals(List.of(GOOD), address.known());
      address.noteProven(GOOD);
      address.set(Optional.of(SLIP));

      PublicAddress restarted = new PublicAddress(store, Optional.empty());

      assertEquals(Optional.of(SLIP), restarted.now());
      assertEquals(List.of(SLIP, GOOD), restarted.known());
      restarted.noteProven(SLIP);
      assertEquals(List.of(SLIP), restarted.known());
      PublicAddress fixed = new PublicAddress(store, Optional.of(GOOD));
      assertEquals(List.of(GOOD), fixed.known());
      assertThrows(Problem.class, () -> fixed.set(Optional.empty()));
    }
  }

  private static Optional<URI> read(String typed) {
    return PublicAddress.read(new JsonObject().put("url", typed));
  }
}
