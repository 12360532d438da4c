package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader of records against a writer of records, and against noise. */
class RecordsTest {
  private static final int CASES = Boolean.getBoolean("soloist.slow") ? 50_000 : 2_000;
  private static final String ALPHABET = "aé王\"\",;\t| \n\r\u0007.";

  @Test
  void readsBackWhatWasWritten() throws IOException {
    long seed = seed();
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      char delimiter = ",;\t|".charAt(random.nextInt(4));
      List<List<String>> rows = new ArrayList<>();
      var text = new StringBuilder();
      for (int row = random.nextInt(6); row >= 0; row--) {
        List<String> fields = new ArrayList<>();
        for (int field = random.nextInt(5); field >= 0; field--) {
          fields.add(noise(random, 12));
        }
        rows.add(fields);
        text.append(
            String.join(
                String.valueOf(delimiter), fields.stream().map(RecordsTest::quoted).toList()));
        text.append(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
      }

      assertEquals(rows, read(new Trickle(text.toString(), random), delimiter), "seed " + seed);
    }
  }

  @Test
  void readsNoiseOfEveryKindToItsEndWhateverPiecesItComesIn() throws IOException {
    long seed = seed();
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      String text = noise(random, 200);

      List<List<String>> whole = read(new StringReader(text), ',');

      assertEquals(whole, read(new Trickle(text, random), ','), "seed " + seed);
    }
  }

  /** Were a quote sought again from each line, this would take hours. */
  @Test
  @Timeout(30)
  void readsHostileMegabytesInLinearTime() throws IOException {
    for (String line :
        List.of("\"a\n", "\"\"\n", "\"\"\"\n", "a,\"\n", "\"\n\n", "\"\"x,\"\n", "\" \"\"\n")) {
      var records = new Records(new StringReader(line.repeat(1_000_000 / line.length())), ',');
      while (records.next()) {
        assertTrue(records.raw().length() <= Records.LONGEST_RECORD + 1, line);
      }
      assertTrue(records.number() > 0, line);
    }
  }

  private static long seed() {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    return seed;
  }

  private static List<List<String>> read(Reader in, char delimiter) throws IOException {
    var records = new Records(in, delimiter);
    List<List<String>> rows = new ArrayList<>();
    while (records.next()) {
      rows.add(List.copyOf(records.fields()));
    }
    return rows;
  }

  private static String noise(Random random, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String quoted(String field) {
    return "\"" + field.replace("\"", "\"\"") + "\"";
  }

  /** Gives a few characters at a time. */
  private static final class Trickle extends Reader {
    private final StringReader text;
    private final Random random;

    Trickle(String text, Random random) {
      this.text = new StringReader(text);
      this.random = random;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      return text.read(into, offset, Math.min(length, 1 + random.nextInt(4)));
    }

    @Override
    public void close() {
      text.close();
    }
  }
}
