package soloist.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

  @ParameterizedTest
  @CsvSource({
    "email, Ada@Example.COM, ada@example.com",
    "email, '  ada@example.com ', ada@example.com",
    "email, ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ, ada@example.com",
    "email, ada@BÜCHER.example, ada@xn--bcher-kva.example",
    "email, ada@xn--BCHER-kva.example, ada@xn--bcher-kva.example",
    "email, 李@例子.测试, 李@xn--fsqu00a.xn--0zwm56d",
    "email, o'brien+tea@mail.example.com, o'brien+tea@mail.example.com",
    "phone, +49 (30) 123-45.67, +49301234567",
    "phone, ＋８６１０１２３４５６７８, +861012345678",
    "social, Mastodon:@Ada_L, mastodon:ada_l",
    "social, ＷＥＩＢＯ:小李, weibo:小李",
    "userId, ' 42 ', 42",
    "userId, Ab-9, Ab-9",
    "visitorId, v_1, v_1"
  })
  void oneIdentifierHasOneForm(String kind, String written, String normal) {
    assertEquals(Optional.of(normal), Identifiers.normalise(kind, written));
    assertEquals(Optional.of(normal), Identifiers.normalise(kind, normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@-example.com",
        "ada@example-.com",
        "ada@example..com",
        "ada@example.com.",
        "ada@exa mple.com",
        "a da@example.com",
        "ada@ada@example.com",
        "ada\r\nBcc:x@example.com",
        "ada\u200b@example.com",
        "ada\u2028x@example.com",
        "\u202eada@example.com",
        "ada\u0085@example.com",
        "<ada@example.com>",
        "\"ada\"@example.com",
        "ada,bob@example.com",
        "ada@[127.0.0.1]"
      })
  void whatIsNoAddressIsRefused(String written) {
    assertEquals(Optional.empty(), Identifiers.normalise("email", written));
  }

  @ParameterizedTest
  @CsvSource({
    "phone, 12345",
    "phone, 1234567890123456",
    "phone, +49x30123456",
    "userId, ''",
    "social, ada",
    "social, 'mastodon:ada l'",
    "social, mastodon:",
    "twitter, ada"
  })
  void whatIsNoneOfItsKindIsRefused(String kind, String written) {
    assertEquals(Optional.empty(), Identifiers.normalise(kind, written));
  }

  @ParameterizedTest
  @CsvSource({
    "DE, 030 1234567, +49301234567",
    "DE, +49 (0)30 123-4567, +49301234567",
    "DE, 0049 30 1234567, +49301234567",
    "DE, ０３０／１２３４５６７, +49301234567",
    "CN, 138 0013 8000, +8613800138000",
    "CN, +49 30 1234567, +49301234567",
    "US, (415) 555-2671, +14155552671",
    "'', 030 1234567, 0301234567"
  })
  void aNumberWithoutACodeIsOfTheOwnersCountry(String country, String written, String normal) {
    assertEquals(Optional.of(normal), Identifiers.normalise("phone", written, country));
    assertEquals(Optional.of(normal), Identifiers.normalise("phone", normal, country));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 300})
  void tooLongAddressesAreRefused(int length) {
    assertEquals(
        Optional.empty(), Identifiers.normalise("email", "a".repeat(length) + "@example.com"));
    assertEquals(Optional.empty(), Identifiers.normalise("userId", "a".repeat(length + 64)));
  }

  @Test
  void aLabelOfADomainHasAtMost63Characters() {
    String longest = "ada@" + "a".repeat(63) + ".example";

    assertEquals(Optional.of(longest), Identifiers.normalise("email", longest));
    assertEquals(Optional.empty(), Identifiers.normalise("email", longest.replace("@", "@a")));
    assertEquals(Optional.empty(), Identifiers.normalise("email", "ada@exam_ple.com"));
    assertEquals(Optional.empty(), Identifiers.normalise("email", "ada@exam+ple.com"));
  }
}
