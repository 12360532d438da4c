package soloist.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What lies in the directory of a store, which can be damaged and laid out elsewhere. */
record Image(Map<String, byte[]> files) {
  static Image of(Path directory) throws IOException {
    var files = new HashMap<String, byte[]>();
    for (Path file : Folder.list(directory)) {
      String name = file.getFileName().toString();
      if (!name.equals("store.lock") && !name.equals("store.pid")) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    return new Image(files);
  }

  byte[] maps() {
    return files.get(StoreFile.FILE);
  }

  byte[] note() {
    return files.get(SyncedNote.FILE);
  }

  /** The name of the last file of the log. */
  String log() {
    return files.keySet().stream()
        .filter(name -> name.startsWith(LogSegment.PREFIX))
        .max((a, b) -> Long.compare(number(a), number(b)))
        .orElseThrow();
  }

  private static long number(String log) {
    return Long.parseLong(log.substring(LogSegment.PREFIX.length()));
  }

  Image with(String name, byte[] bytes) {
    var changed = new HashMap<>(files);
    changed.put(name, bytes);
    return new Image(changed);
  }

  Image without(String name) {
    var changed = new HashMap<>(files);
    changed.remove(name);
    return new Image(changed);
  }

  Image withNote(byte[] note) {
    return with(SyncedNote.FILE, note);
  }

  Image cut(String name, int bytes) {
    byte[] file = files.get(name);
    return with(name, Arrays.copyOf(file, Math.max(0, file.length - bytes)));
  }

  Image flipped(String name, long bit) {
    byte[] bytes = files.get(name).clone();
    bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    return with(name, bytes);
  }

  Path laid(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    return directory;
  }
}
