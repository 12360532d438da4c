package soloist.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.Seed;

class LinksTest {
  private static final String MESSAGE = "00112233445566778899aabbccddeeff";
  private static final URI SHOP = URI.create("https://shop.example/tea?x=1");

  @TempDir private Path folder;
  private Links links;

  @BeforeEach
  void openKeys() throws IOException {
    links = new Links(Keys.open(folder.resolve("key")), () -> URI.create("https://me.example/"));
  }

  @Test
  void aTokenSaysWhatWasPutIn() {
    assertEquals(
        Optional.of(new Links.Link(MESSAGE, 3, SHOP.toString())),
        links.read(Links.Kind.CLICK, token(links.click(MESSAGE, 3, SHOP))));
    assertEquals(
        Optional.of(new Links.Link(MESSAGE, 0, "")),
        links.read(Links.Kind.OPEN, token(links.open(MESSAGE))));
    assertTrue(links.unsubscribe(MESSAGE).toString().startsWith("https://me.example/u/"));
  }

  @Test
  void whoChangesATokenHasNone() {
    Random random = Seed.random("links");
    String token = token(links.click(MESSAGE, 1, SHOP));
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int i = 0; i < 2_000; i++) {
      byte[] changed =
          random.nextInt(4) == 0
              ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
              : bytes.clone();
      if (changed.length == bytes.length) {
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }

      String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

      assertEquals(Optional.empty(), links.read(Links.Kind.CLICK, forged));
    }
    assertEquals(Optional.empty(), links.read(Links.Kind.CLICK, token + "="));
    assertEquals(Optional.empty(), links.read(Links.Kind.CLICK, token + "A"));
    assertEquals(Optional.empty(), links.read(Links.Kind.CLICK, "%%%"));
    assertEquals(Optional.empty(), links.read(Links.Kind.CLICK, ""));
  }

  @Test
  void aTokenOfOneKindIsNoneOfAnother() {
    for (Links.Kind made : Links.Kind.values()) {
      String token =
          token(
              switch (made) {
                case OPEN -> links.open(MESSAGE);
                case CLICK -> links.click(MESSAGE, 0, SHOP);
                case UNSUBSCRIBE -> links.unsubscribe(MESSAGE);
              });
      for (Links.Kind read : Links.Kind.values()) {
        assertEquals(read == made, links.read(read, token).isPresent());
      }
    }
  }

  @Test
  void anotherKeyReadsNothing() throws IOException {
    var others = new Links(Keys.open(folder.resolve("other")), () -> SHOP);

    assertEquals(Optional.empty(), others.read(Links.Kind.OPEN, token(links.open(MESSAGE))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://shop.example/",
        "//shop.example/",
        "/tea",
        "https:tea",
        "mailto:ada@example.com",
        "https://shop.example@evil.example/",
        "https://user:secret@shop.example/"
      })
  void onlyPlainWebAddressesMayBeLinked(String destination) {
    assertThrows(
        IllegalArgumentException.class, () -> links.click(MESSAGE, 0, URI.create(destination)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://shop.example/\r\nSet-Cookie:x=1", "https://shop.example/\n"})
  void lineBreaksAreNoAddress(String destination) {
    assertThrows(
        IllegalArgumentException.class, () -> links.click(MESSAGE, 0, URI.create(destination)));
  }

  @Test
  void aChineseAddressGoesOnInAscii() {
    URI click = links.click(MESSAGE, 0, URI.create("https://shop.example/茶"));

    assertEquals(
        "https://shop.example/%E8%8C%B6",
        links.read(Links.Kind.CLICK, token(click)).orElseThrow().destination());
  }

  @Test
  void everyLinkThatIsMadeCanBeRead() {
    String long2048 = "https://shop.example/" + "x".repeat(2_048 - 21);

    assertTrue(
        links
            .read(Links.Kind.CLICK, token(links.click(MESSAGE, 0, URI.create(long2048))))
            .isPresent());
    assertThrows(
        IllegalArgumentException.class, () -> links.click(MESSAGE, 0, URI.create(long2048 + "x")));
  }

  private static String token(URI link) {
    return link.getPath().substring(3);
  }
}
