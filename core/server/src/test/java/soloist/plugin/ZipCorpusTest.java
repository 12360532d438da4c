package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import soloist.http.Problem;

/** Zips that want out of their folder, want too much, or are not what they say. */
class ZipCorpusTest {
  private static final int LINK = 0120777;

  @TempDir private Path folder;

  static Stream<Arguments> hostile() {
    return Stream.of(
        zip("plugin-zip-entry", "../", it -> it.add("../evil", "x")),
        zip("plugin-zip-entry", "classes/../../", it -> it.add("classes/../../evil", "x")),
        zip("plugin-zip-entry", "x/../../y", it -> it.add("x/../../y", "x")),
        zip("plugin-zip-entry", "absolute", it -> it.add("/tmp/evil", "x")),
        zip("plugin-zip-entry", "drive", it -> it.add("C:\\evil", "x")),
        zip("plugin-zip-entry", "drive with slash", it -> it.add("classes/C:/evil", "x")),
        zip("plugin-zip-entry", "backslashes", it -> it.add("classes\\..\\..\\evil", "x")),
        zip("plugin-zip-entry", "sibling prefix", it -> it.add("../plugin-evil/x", "x")),
        zip("plugin-zip-entry", "NUL", it -> it.add("classes/a\0b", "x")),
        zip("plugin-zip-entry", "double slash", it -> it.add("classes//a", "x")),
        zip("plugin-zip-entry", "dots and spaces", it -> it.add("classes/... /a", "x")),
        zip("plugin-zip-entry", "long", it -> it.add("classes/" + "a".repeat(300), "x")),
        zip("plugin-zip-entry", "link", it -> it.add("classes/l", "/etc".getBytes(), LINK)),
        zip("plugin-zip-entry", "pipe", it -> it.add("classes/p", new byte[0], 0010644)),
        zip("plugin-zip-twice", "twice", it -> it.add("classes/a", "1").add("classes/a", "2")),
        zip("plugin-zip-entries", "10,000 entries", it -> many(it, 10_000)),
        zip("plugin-zip-ratio", "1 GiB from 1 MiB", ZipCorpusTest::bomb),
        zip("plugin-zip-layout", "nested jar", it -> it.add("classes/nested.jar", "x")),
        zip("plugin-zip-layout", "jar at the top", it -> it.add("evil.jar", "x")),
        zip("plugin-zip-layout", "jar in a folder of lib", it -> it.add("lib/a/b.jar", "x")),
        zip("plugin-zip-layout", "file of its own", it -> it.add("run.sh", "x")),
        zip("plugin-zip-host", "class of the SPI", it -> it.add("classes/soloist/spi/A.class", "")),
        zip("plugin-zip-jar", "jar that is none", it -> it.add("lib/a.jar", "no zip")),
        classPath("/etc/evil.jar"),
        classPath("../../evil.jar"),
        classPath("file:///etc/evil.jar"),
        plain("plugin-manifest", "no manifest", new RawZip().add("classes/a", "x").bytes()),
        plain("plugin-zip-unreadable", "no zip", "PK but no zip".repeat(9).getBytes()),
        plain("plugin-zip-unreadable", "comment", commented()),
        plain("plugin-zip-unreadable", "cut", cut()),
        said("plugin-id", "id with slash", "plugin.id=a/b\nplugin.version=1.0.0\n"),
        said("plugin-id", "id with dots", "plugin.id=..\nplugin.version=1.0.0\n"),
        said("plugin-version", "version", "plugin.id=a\nplugin.version=new\n"),
        said("plugin-class", "spi", classIs("soloist.spi.Evil")),
        said("plugin-class", "java", classIs("java.lang.Evil")),
        said("plugin-class", "class of the host", classIs("soloist.plugin.PluginHost")),
        said("plugin-class", "package of the host", classIs("soloist.plugin.Evil")),
        said("plugin-permissions", "silent", "plugin.id=a\nplugin.version=1.0.0\npermissions="));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("hostile")
  void isRefusedWithItsReasonAndWritesNothingOutside(String code, String name, byte[] zip)
      throws IOException {
    Path root = folder.resolve("plugins");
    Shelf shelf = shelf(root);
    Path file = Files.write(folder.resolve("in.zip"), zip);

    Problem problem = assertThrows(Problem.class, () -> shelf.take(file, Optional.empty()));

    assertEquals(code, problem.details().getFirst().code());
    assertEquals(List.of("in.zip", "plugins", "staging"), below(folder, root));
  }

  /** The check that most zip slips had, kept here to show that the corpus finds it. */
  @Test
  void aCheckByTheBeginningOfTheTextWouldLetAFileOut() throws IOException {
    Unpacker naive =
        new Unpacker(
            (to, entry) -> {
              Path target = to.resolve(entry.name()).normalize();
              if (!target.toString().startsWith(to.toString())) {
                throw Problem.invalid("", "plugin-zip-entry", entry.name());
              }
              return target;
            });
    Path file = folder.resolve("in.zip");
    Files.write(file, RawZip.plugin("a", "1.0.0").add("../plugin-evil/x", "x").bytes());
    Path to = Files.createDirectory(folder.resolve("plugin"));

    naive.unpack(file, to);

    assertTrue(Files.exists(folder.resolve("plugin-evil").resolve("x")));
    Path own = Files.createDirectory(folder.resolve("own"));
    assertThrows(Problem.class, () -> new Unpacker().unpack(file, own));
  }

  @Test
  void aGoodZipIsKeptByItsHashAndUnpackedBesideIt() throws IOException {
    Path root = folder.resolve("plugins");
    Path file = folder.resolve("in.zip");
    Files.write(
        file,
        RawZip.plugin("a", "1.0.0")
            .add("classes/", "")
            .add("classes/a/A.class", "x")
            .add("README.md", "y")
            .bytes());

    Shelf.Kept kept = shelf(root).take(file, Optional.empty());

    assertEquals(kept, shelf(root).find(kept.sha256()));
    assertEquals("", kept.publisher());
    assertEquals(root.resolve(kept.sha256()), kept.folder());
    assertEquals(-1, Files.mismatch(file, root.resolve(kept.sha256() + ".zip")));
    assertEquals("x", Files.readString(kept.folder().resolve("classes/a/A.class")));
  }

  @Test
  void aZipThatWasChangedAfterwardsIsNotTaken() throws IOException {
    Shelf shelf = shelf(folder.resolve("plugins"));
    Path file = Files.write(folder.resolve("in.zip"), RawZip.plugin("a", "1.0.0").bytes());
    String sha256 = shelf.take(file, Optional.empty()).sha256();
    byte[] other = RawZip.plugin("a", "1.0.1").bytes();
    Files.write(folder.resolve("plugins").resolve(sha256 + ".zip"), other);

    assertThrows(IOException.class, () -> shelf.find(sha256));
  }

  @Test
  void aSignatureCountsOverTheseBytesByAPinnedKeyOnly() throws Exception {
    KeyPair ours = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Shelf shelf =
        new Shelf(
            folder.resolve("plugins"),
            new Publishers(Map.of("tea-co", ours.getPublic())),
            new Unpacker());
    byte[] zip = RawZip.plugin("a", "1.0.0").bytes();
    Path file = Files.write(folder.resolve("in.zip"), zip);

    assertRefused(shelf, file, sign(others, zip));
    assertRefused(shelf, file, sign(ours, RawZip.plugin("a", "1.0.1").bytes()));
    assertRefused(shelf, file, "no signature");
    Shelf.Kept kept = shelf.take(file, Optional.of(sign(ours, zip)));

    assertEquals("tea-co", kept.publisher());
    assertEquals("tea-co", shelf.find(kept.sha256()).publisher());
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() throws IOException {
    Path root = folder.resolve("plugins");
    Shelf shelf = shelf(root);
    Path file = Files.write(folder.resolve("in.zip"), new RawZip().add("classes/a", "x").bytes());

    assertThrows(Problem.class, () -> shelf.take(file, Optional.empty()));

    assertEquals(List.of("staging"), below(root, root));
    assertFalse(Files.list(root.resolve("staging")).findAny().isPresent());
  }

  private static void assertRefused(Shelf shelf, Path file, String signature) {
    Problem problem = assertThrows(Problem.class, () -> shelf.take(file, Optional.of(signature)));
    assertEquals("plugin-signature", problem.details().getFirst().code());
  }

  private static Shelf shelf(Path root) throws IOException {
    return new Shelf(root, new Publishers(Map.of()), new Unpacker());
  }

  private static List<String> below(Path folder, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.equals(folder))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static Arguments zip(String code, String name, UnaryOperator<RawZip> content) {
    return plain(code, name, content.apply(RawZip.plugin("a", "1.0.0")).bytes());
  }

  private static Arguments said(String code, String name, String manifest) {
    return plain(code, name, new RawZip().add("plugin.properties", manifest).bytes());
  }

  private static Arguments plain(String code, String name, byte[] zip) {
    return Arguments.of(code, name, zip);
  }

  private static Arguments classPath(String path) {
    var manifest = new java.util.jar.Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try {
      new JarOutputStream(jar, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zip(
        "plugin-zip-class-path",
        "class path " + path,
        it -> it.add("lib/a.jar", jar.toByteArray(), 0100644));
  }

  private static String classIs(String name) {
    return "plugin.id=a\nplugin.version=1.0.0\npermissions=None.\nplugin.class=" + name;
  }

  private static RawZip many(RawZip zip, int count) {
    for (int i = 0; i < count; i++) {
      zip.add("classes/" + i, "");
    }
    return zip;
  }

  private static RawZip bomb(RawZip zip) {
    List<String> names = IntStream.range(0, 32).mapToObj(i -> "classes/" + i).toList();
    return zip.add(names, new byte[32 * 1024 * 1024], 0100644);
  }

  private static byte[] commented() {
    byte[] zip = RawZip.plugin("a", "1.0.0").bytes();
    byte[] longer = Arrays.copyOf(zip, zip.length + 1);
    longer[zip.length - 2] = 1;
    return longer;
  }

  private static byte[] cut() {
    byte[] zip = RawZip.plugin("a", "1.0.0").add("classes/a", "x").bytes();
    return Arrays.copyOfRange(zip, 1, zip.length);
  }

  private static String sign(KeyPair keys, byte[] bytes) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(bytes);
    return Base64.getEncoder().encodeToString(signature.sign());
  }
}
