package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.testkit.Pulled;

/** Files that end in the middle of a row, and runs that end in the middle of a file. */
class CutTest {
  private static final int CASES = Boolean.getBoolean("soloist.slow") ? 5_000 : 80;

  @TempDir Path folder;

  @Test
  void readsWhatCameBeforeACutAndGoesOnFromAnyCursor() throws IOException {
    long seed = Long.getLong("soloist.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      boolean orders = random.nextBoolean();
      String text = orders ? orders(random) : customers(random);
      byte[] whole = text.getBytes(StandardCharsets.UTF_8);
      int firstLine = text.indexOf('\n') + 1;
      byte[] part = Arrays.copyOf(whole, firstLine + random.nextInt(whole.length - firstLine) + 1);
      Mapping mapping = pinned(whole).survey().guess();

      Pulled cut = Pulled.from(pinned(part).opened(), mapping, "");

      if (!orders) {
        List<Fetched> all = Pulled.from(pinned(whole).opened(), mapping, "").records();
        // An open quote may have taken two rows for one; the cut row itself is as it happens to be.
        int sure = Math.max(0, cut.records().size() - 3);
        assertEquals(all.subList(0, sure), cut.records().subList(0, sure));
      }
      int at = random.nextInt(cut.records().size() + 1);
      String cursor = at == 0 ? "" : cut.cursors().get(at - 1);
      assertEquals(
          cut.after(at), Pulled.from(pinned(part).opened(), mapping, cursor), "seed " + seed);
      assertTrue(cut.records().stream().allMatch(record -> record.row() >= 1));
    }
  }

  /** Read by settings, since a cut may change what is found by looking. */
  private Written pinned(byte[] bytes) {
    return Written.bytes(folder, bytes)
        .with("encoding", "UTF-8")
        .with("delimiter", ",")
        .with("decimal", ".")
        .with("dates", "ISO")
        .with("header", "yes");
  }

  private static String customers(Random random) {
    var text = new StringBuilder("email,name,note\n");
    for (int row = 0; row < 30; row++) {
      text.append(random.nextInt(8) == 0 ? "nobody" : "c" + row + "@例子.cn");
      text.append(',').append(quoted(random)).append(",x").append(row).append(end(random));
    }
    return text.toString();
  }

  private static String orders(Random random) {
    var text = new StringBuilder("order id,order date,customer id,product name,price\n");
    for (int row = 0; row < 40; row++) {
      int order = random.nextInt(15);
      text.append('A').append(order).append(",2024-03-01,C").append(order).append(',');
      text.append(quoted(random)).append(random.nextInt(12) == 0 ? ",free" : ",1.5");
      text.append(end(random));
    }
    return text.toString();
  }

  private static String quoted(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "\"Ada, \"\"the\"\" first\"";
      case 1 -> "\"two\nlines\"";
      case 2 -> "王芳";
      case 3 -> random.nextInt(4) == 0 ? "\"open" : "";
      default -> "Bo";
    };
  }

  private static String end(Random random) {
    return List.of("\n", "\r\n", "\r", "\n\n").get(random.nextInt(4));
  }
}
