package soloist.imports;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import soloist.privacy.Subject;
import soloist.privacy.Traces;

/**
 * Rows about a person in files that were uploaded and in lists of refused rows. They are written
 * over in place, so that what is noted of a file's length stays true.
 */
public final class UploadTraces implements Traces {
  private static final int LONGEST_ROW = 1 << 20;
  private static final byte BLANK = '*';

  private final Path folder;

  public UploadTraces(Path home) {
    folder = home.resolve(Imports.FOLDER);
  }

  private interface Taken {
    void row(RandomAccessFile file, long start, byte[] row) throws IOException;
  }

  @Override
  public Map<String, byte[]> of(Subject who) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    for (Path path : files()) {
      var rows = new ByteArrayOutputStream();
      eachRow(
          path,
          Subject.in(who.own()),
          (_, _, row) -> {
            rows.write(row);
            rows.write('\n');
          });
      if (rows.size() > 0) {
        found.put("files/" + path.getFileName() + ".txt", rows.toByteArray());
      }
    }
    return found;
  }

  @Override
  public void erase(Subject who) throws IOException {
    for (Path path : files()) {
      boolean isList = path.toString().endsWith(Uploads.REJECTS);
      eachRow(
          path,
          Subject.in(who.texts()),
          (file, start, row) -> {
            file.seek(start);
            file.write(isList ? blankReject(row) : blank(row.length));
          });
    }
  }

  private List<Path> files() throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Reads a file row by row as bytes: a line feed ends one in every encoding. */
  private static void eachRow(Path path, Predicate<byte[]> isTheirs, Taken taken)
      throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      var row = new ByteArrayOutputStream();
      long start = 0;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        if (octet == '\n' || row.size() >= LONGEST_ROW) {
          start = taken(file, start, row, isTheirs, taken) + (octet == '\n' ? 1 : 0);
        }
        if (octet != '\n') {
          row.write(octet);
        }
      }
      taken(file, start, row, isTheirs, taken);
      file.getFD().sync();
    }
  }

  private static long taken(
      RandomAccessFile file,
      long start,
      ByteArrayOutputStream row,
      Predicate<byte[]> isTheirs,
      Taken taken)
      throws IOException {
    byte[] bytes = row.toByteArray();
    row.reset();
    if (isTheirs.test(bytes)) {
      taken.row(file, start, bytes);
    }
    return start + bytes.length;
  }

  private static byte[] blank(int length) {
    byte[] blank = new byte[length];
    Arrays.fill(blank, BLANK);
    return blank;
  }

  /** A refused row that still is one, as long as it was. */
  private static byte[] blankReject(byte[] row) {
    JsonObject json = new JsonObject(new String(row, StandardCharsets.UTF_8));
    json.put("en", "").put("zh", "").put("raw", "");
    int missing = row.length - json.encode().getBytes(StandardCharsets.UTF_8).length;
    json.put("raw", "*".repeat(Math.max(0, missing)));
    return json.encode().getBytes(StandardCharsets.UTF_8);
  }
}
