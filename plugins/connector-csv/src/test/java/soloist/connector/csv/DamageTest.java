package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Fetched;

/** Rows that are damaged, hostile or too large cost themselves and no other. */
class DamageTest {
  @TempDir Path folder;

  @Test
  void namesEachRowThatIsNotInTheEncodingThatWasSet() throws IOException {
    Written file =
        Written.text(
                folder,
                "email,name\nb@example.com,Jörg\nc@example.com,Änne\na@example.com,Ada\n",
                Encodings.WINDOWS_1252)
            .with("encoding", "UTF-8");

    assertEquals(List.of("1  encoding", "2  encoding"), file.rejected());
    assertEquals(List.of("a@example.com"), file.addresses());
    assertTrue(
        file.survey().notes().stream().anyMatch(note -> note.en().contains("another encoding")));
  }

  @Test
  void keepsUtf8ThoughOneRowIsDamaged() throws IOException {
    Written file =
        Written.bytes(
            folder,
            "邮箱,姓名,城市\nwang@example.cn,王芳,北京\nli@example.cn,李娜,上海\n"
                .getBytes(StandardCharsets.UTF_8),
            new byte[] {'a', '@', 'e', '.', 'c', 'n', ',', (byte) 0xE7, ',', 'x', '\n'});

    assertEquals("UTF-8", file.survey().detected().get("encoding"));
    assertEquals(List.of("3  encoding"), file.rejected());
  }

  @Test
  void losesOneRowToAQuoteThatIsNeverClosed() throws IOException {
    int rows = Boolean.getBoolean("soloist.slow") ? 8_000_000 : 30_000; // 200 MB or 750 KB
    Path path = folder.resolve("open.csv");
    try (var out = Files.newBufferedWriter(path)) {
      out.write("email,name\na@example.com,Ada\nb@example.com,\"Bo\n");
      for (int i = 0; i < rows; i++) {
        out.write("c" + i + "@example.com,Cy\n");
      }
    }

    Map<String, Integer> tally = new Written(path).tally();

    assertEquals(Map.of("Customer", rows + 1, "2 quote-open b@example.com,\"Bo", 1), tally);
  }

  @Test
  void losesOneRowToAQuoteThatTheNextQuoteWouldClose() throws IOException {
    Written file =
        Written.text(
            folder,
            "email,name\n"
                + "a@example.com,\"Ada\n"
                + "b@example.com,Bo\n"
                + "c@example.com,\"Cy\"\n"
                + "\"d@example.com\",Di\n");

    assertEquals(List.of("1  quote-open"), file.rejected());
    assertEquals(List.of("b@example.com", "c@example.com", "d@example.com"), file.addresses());
  }

  @Test
  void rejectsRowsThatAreTooShortOrTooLong() throws IOException {
    Written file =
        Written.text(
            folder,
            "email,name,city\n"
                + "a@example.com,Ada\n"
                + "b@example.com,Bo,Rome,x\n"
                + "c@example.com,Cy,Oslo,,\n");

    assertEquals(List.of("1  columns", "2  columns"), file.rejected());
    assertEquals(List.of("c@example.com"), file.addresses());
  }

  @Test
  void rejectsNulAndReadsOtherControlCharactersAsSpaces() throws IOException {
    Written file =
        Written.text(folder, "email,name\na@example.com,A\0da\nb@example.com,B\u0007o\u001b\n");

    assertEquals(List.of("1  nul-character"), file.rejected());
    assertEquals(List.of("B o"), file.names());
  }

  @Test
  void skipsAFieldOfManyMegabytes() throws IOException {
    byte[] huge = new byte[(Boolean.getBoolean("soloist.slow") ? 50 : 8) << 20];
    Arrays.fill(huge, (byte) 'x');
    Written file =
        Written.bytes(
            folder,
            "email,name\na@example.com,".getBytes(StandardCharsets.UTF_8),
            huge,
            "\nb@example.com,Bo\n".getBytes(StandardCharsets.UTF_8));

    List<Fetched> records = file.pulled().records();

    assertEquals(List.of("1  field-too-long"), Written.rejected(records));
    assertEquals(2, records.size());
  }

  @Test
  void rejectsARecordOfOneMebibyteInManyFields() throws IOException {
    String fields = ("," + "x".repeat(100_000)).repeat(11);
    Written file =
        Written.text(
            folder,
            "email" + ",c".repeat(11) + "\na@e.com" + fields + "\nb@e.com" + ",x".repeat(11));

    assertEquals(List.of("1  row-too-long"), file.rejected());
    assertEquals(List.of("b@e.com"), file.addresses());
  }

  @Test
  void keepsFormulasAsTextAndLinesOutOfNames() throws IOException {
    Written file =
        Written.text(
            folder,
            "email,name\na@example.com,\"=HYPERLINK(\"\"http://x\"\")\"\n"
                + "b@example.com,\"Bo\r\nBcc: all@example.com\"\n"
                + "\"c@example.com\r\nBcc: all@example.com\",Cy\n");

    assertEquals(List.of("=HYPERLINK(\"http://x\")", "Bo Bcc: all@example.com"), file.names());
    assertEquals(List.of("3 email control-character"), file.rejected());
  }
}
