package soloist.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import soloist.config.Folders;
import soloist.http.Problem;

/**
 * Keeps plugins by what they are: {@code <sha256>.zip}, unpacked beside it as {@code <sha256>}.
 * What comes in is staged first and appears whole or not at all.
 */
final class Shelf {
  /**
   * A plugin that was held against everything and is kept.
   *
   * @param folder where it lies unpacked
   * @param publisher whose signature it has, empty for nobody's
   * @param fingerprint of the publisher's key, empty for nobody's
   */
  record Kept(
      String sha256,
      long size,
      Path folder,
      Manifest manifest,
      String publisher,
      String fingerprint) {}

  private final Path root;
  private final Path staging;
  private final Publishers publishers;
  private final Unpacker unpacker;

  Shelf(Path root, Publishers publishers, Unpacker unpacker) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.publishers = publishers;
    this.unpacker = unpacker;
    staging = this.root.resolve("staging");
    Folders.delete(staging);
    Files.createDirectories(staging);
  }

  /** A new name for a file that is coming in. */
  Path incoming() {
    return staging.resolve(UUID.randomUUID() + ".zip");
  }

  /**
   * Checks a zip and keeps it.
   *
   * @param signature Base64 of an Ed25519 signature over the zip
   * @throws Problem when it is not as a plugin must be; nothing is kept then
   */
  Kept take(Path zip, Optional<String> signature) throws IOException {
    if (Files.size(zip) > Unpacker.MOST_BYTES) {
      throw Problem.invalid(
          "", "plugin-zip-size", Long.toString(Unpacker.MOST_BYTES / 1024 / 1024));
    }
    byte[] bytes = Files.readAllBytes(zip);
    String sha256 = sha256(bytes);
    String publisher = publishers.publisher(bytes, signature);
    Path folder = root.resolve(sha256);
    Path kept = root.resolve(sha256 + ".zip");
    if (!Files.isDirectory(folder) || !Files.isRegularFile(kept)) {
      Path stage = Files.createDirectories(staging.resolve(UUID.randomUUID().toString()));
      try {
        // The copy is what is unpacked: the other may still be written to.
        Path copy = Files.write(stage.resolve("plugin.zip"), bytes);
        Path fresh = Files.createDirectory(stage.resolve("plugin"));
        unpacker.unpack(copy, fresh);
        Manifest.read(fresh);
        checkLibraries(fresh);
        Folders.delete(folder);
        Files.move(copy, kept, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Folders.delete(stage);
      }
    }
    if (signature.isPresent()) {
      Files.writeString(root.resolve(sha256 + ".sig"), signature.get());
    }
    return new Kept(
        sha256,
        bytes.length,
        folder,
        Manifest.read(folder),
        publisher,
        publishers.fingerprint(publisher));
  }

  /**
   * What was kept before.
   *
   * @throws IOException when it is gone or was changed
   */
  Kept find(String sha256) throws IOException {
    Path signature = root.resolve(sha256 + ".sig");
    Kept kept =
        take(
            root.resolve(sha256 + ".zip"),
            Files.exists(signature) ? Optional.of(Files.readString(signature)) : Optional.empty());
    if (!kept.sha256().equals(sha256)) {
      throw new IOException("the bytes of " + sha256 + ".zip were changed");
    }
    return kept;
  }

  /** Forgets a plugin. */
  void drop(String sha256) throws IOException {
    Files.deleteIfExists(root.resolve(sha256 + ".sig"));
    Files.deleteIfExists(root.resolve(sha256 + ".zip"));
    Folders.delete(root.resolve(sha256));
  }

  /** The manifest of a jar can put any other file on the class path. */
  private static void checkLibraries(Path folder) throws IOException {
    Path libraries = folder.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      return;
    }
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path jar : jars.toList()) {
        String name = "lib/" + jar.getFileName();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
          java.util.jar.Manifest manifest = file.getManifest();
          String path =
              manifest == null
                  ? null
                  : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
          if (path != null && !path.strip().matches("([\\w.+-]+\\.jar\\s*)*")) {
            throw Problem.invalid("", "plugin-zip-class-path", name, path);
          }
        } catch (java.util.zip.ZipException _) {
          throw Problem.invalid("", "plugin-zip-jar", name);
        }
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
