package soloist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "203.0.113.0/24, 203.0.113.255, true",
    "203.0.113.0/24, 203.0.114.0, false",
    "10.128.0.0/9, 10.255.1.1, true",
    "10.128.0.0/9, 10.127.1.1, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/32, 2001:db9::5, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "127.0.0.0/8, unknown, false"
  })
  void holdsWhatBeginsWithItsBits(String network, String address, boolean expected) {
    assertEquals(expected, Network.read(network).orElseThrow().has(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "203.0.113",
        "203.0.113.0/33",
        "203.0.113.0/-1",
        "203.0.113.0/",
        "256.0.0.1",
        "::/129",
        "1",
        "203.0.113.0/24/8"
      })
  void isNothingElse(String text) {
    assertTrue(Network.read(text).isEmpty(), text);
  }
}
