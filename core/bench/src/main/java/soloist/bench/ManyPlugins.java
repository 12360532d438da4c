package soloist.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A folder with the plugins that ship, filled up with copies of the largest under other ids. */
final class ManyPlugins {
  private ManyPlugins() {}

  /** Fills a folder; returns how many of them are copies. */
  static int fill(Path shipped, Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> zips;
    try (Stream<Path> files = Files.list(shipped)) {
      zips = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
    Path largest = zips.getFirst();
    for (Path zip : zips) {
      Files.copy(zip, folder.resolve(zip.getFileName()));
      largest = Files.size(zip) > Files.size(largest) ? zip : largest;
    }
    int copies = Math.max(0, count - zips.size());
    for (int i = 0; i < copies; i++) {
      copy(largest, folder.resolve("copy-" + i + ".zip"), "copy-" + i);
    }
    return copies;
  }

  private static void copy(Path zip, Path to, String id) throws IOException {
    try (ZipFile from = new ZipFile(zip.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      Enumeration<? extends ZipEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        if (entry.getName().equals("plugin.properties")) {
          bytes =
              new String(bytes, StandardCharsets.ISO_8859_1)
                  .replaceFirst("(?m)^plugin\\.id=.*$", "plugin.id=" + id)
                  .getBytes(StandardCharsets.ISO_8859_1);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
  }
}
