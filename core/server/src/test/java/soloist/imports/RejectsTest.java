package soloist.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.http.Texts;
import soloist.spi.Text;

class RejectsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx", "\rx"})
  void aCellIsNeverAFormula(String text) {
    assertEquals("\"'" + text + "\"", Rejects.cell(text));
  }

  @Test
  void whatWasWrittenBehindTheLastCursorIsWrittenAgainAndOnce() throws IOException {
    Path file = folder.resolve("rejects");
    long durable;
    try (Rejects rejects = new Rejects(file, 0)) {
      rejects.add(List.of(reject(1), reject(2)));
      durable = rejects.length();
      rejects.add(List.of(reject(3)));
    }

    try (Rejects rejects = new Rejects(file, durable)) {
      rejects.add(List.of(reject(3), reject(4)));
      durable = rejects.length();
    }

    List<String> rows = Rejects.csv(file, durable, Texts.CHINESE).lines().skip(1).toList();
    assertEquals(
        LongStream.rangeClosed(1, 4)
            .mapToObj(row -> row + ",\"email\",\"bad\",\"不对\",\"a\"\"b\"")
            .toList(),
        rows);
    assertEquals(durable, Files.size(file));
  }

  private static Reject reject(long row) {
    return new Reject(row, "email", "bad", new Text("bad", "不对"), "a\"b");
  }
}
