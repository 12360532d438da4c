package soloist.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
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
    "twitter, ada"
  })
  void whatIsNoneOfItsKindIsRefused(String kind, String written) {
    assertEquals(Optional.empty(), Identifiers.normalise(kind, written));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 300})
  void tooLongAddressesAreRefused(int length) {
    assertEquals(
        Optional.empty(), Identifiers.normalise("email", "a".repeat(length) + "@example.com"));
    assertEquals(Optional.empty(), Identifiers.normalise("userId", "a".repeat(length + 64)));
  }
}
