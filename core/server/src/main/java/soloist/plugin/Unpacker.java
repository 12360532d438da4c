package soloist.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import soloist.http.Problem;

/**
 * Unpacks a plugin's zip that may come from anywhere. Every entry is held against our layout before
 * the first byte is written; whatever is not known to be good is refused.
 */
final class Unpacker {
  static final long MOST_BYTES = 50L * 1024 * 1024;
  private static final int MOST_ENTRIES = 5_000;
  private static final int MOST_RATIO = 100;
  private static final long MOST_UNPACKED = 512L * 1024 * 1024;
  private static final int LONGEST_NAME = 200;

  private static final Pattern TOP =
      Pattern.compile("plugin\\.properties|(README|LICENSE|NOTICE)(\\.md|\\.txt)?");
  private static final Pattern LIBRARY = Pattern.compile("lib/[^/]+\\.jar");
  private static final Pattern BAD_CHARACTER = Pattern.compile("[\\\\:*?\"<>|\\p{Cntrl}]");
  private static final List<String> OF_THE_HOST =
      List.of("classes/soloist/spi/", "classes/org/pf4j/", "classes/java/");

  /** Says where an entry goes. */
  @FunctionalInterface
  interface Places {
    /**
     * @throws Problem when the entry may not be here
     */
    Path place(Path folder, ZipDirectory.Entry entry);
  }

  private final Places places;

  Unpacker() {
    this(Unpacker::inOurLayout);
  }

  Unpacker(Places places) {
    this.places = places;
  }

  /**
   * Unpacks into an empty folder.
   *
   * @throws Problem when the zip is not as it must be; the folder may then hold a part of it
   */
  void unpack(Path zip, Path folder) throws IOException {
    long size = Files.size(zip);
    if (size > MOST_BYTES) {
      throw Problem.invalid("", "plugin-zip-size", Long.toString(MOST_BYTES / 1024 / 1024));
    }
    List<ZipDirectory.Entry> entries = ZipDirectory.read(zip, MOST_ENTRIES);
    Set<String> names = new HashSet<>();
    for (ZipDirectory.Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw Problem.invalid("", "plugin-zip-twice", entry.name());
      }
      places.place(folder, entry);
    }
    long left = Math.min(size * MOST_RATIO, MOST_UNPACKED);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipDirectory.Entry entry : entries) {
        Path target = places.place(folder, entry);
        if (entry.isFolder()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          left -= copy(file, entry.name(), target, left);
        }
      }
    } catch (ZipException _) {
      throw ZipDirectory.unreadable();
    }
  }

  private static long copy(ZipFile file, String name, Path target, long most) throws IOException {
    ZipEntry entry = file.getEntry(name);
    if (entry == null) {
      throw ZipDirectory.unreadable();
    }
    byte[] buffer = new byte[64 * 1024];
    long copied = 0;
    CRC32 sum = new CRC32();
    try (InputStream in = file.getInputStream(entry);
        OutputStream out =
            Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        if (copied > most) {
          throw Problem.invalid("", "plugin-zip-ratio", Integer.toString(MOST_RATIO));
        }
        sum.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    if (sum.getValue() != entry.getCrc()) {
      throw ZipDirectory.unreadable();
    }
    return copied;
  }

  private static Path inOurLayout(Path folder, ZipDirectory.Entry entry) {
    String name = entry.name();
    if (entry.special() || entry.encrypted() || !isPlain(name)) {
      throw Problem.invalid("", "plugin-zip-entry", name);
    }
    if (OF_THE_HOST.stream().anyMatch(name::startsWith)) {
      throw Problem.invalid("", "plugin-zip-host", name);
    }
    boolean isKnown =
        entry.isFolder()
            ? name.equals("lib/") || name.startsWith("classes/")
            : TOP.matcher(name).matches()
                || LIBRARY.matcher(name).matches()
                || (name.startsWith("classes/") && !name.endsWith(".jar"));
    if (!isKnown) {
      throw Problem.invalid("", "plugin-zip-layout", name);
    }
    Path target = folder.resolve(name).normalize();
    // Compared name by name: as text, "plugins-evil" would begin with "plugins".
    if (!target.startsWith(folder)) {
      throw Problem.invalid("", "plugin-zip-entry", name);
    }
    return target;
  }

  private static boolean isPlain(String name) {
    if (name.length() > LONGEST_NAME || BAD_CHARACTER.matcher(name).find()) {
      return false;
    }
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.endsWith(".") || part.endsWith(" ")) {
        return false;
      }
    }
    return true;
  }
}
