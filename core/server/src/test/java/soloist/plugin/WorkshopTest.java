package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.spi.Figure;
import soloist.spi.Profiler;
import soloist.spi.Settings;
import soloist.spi.Table;
import soloist.spi.Text;
import soloist.testkit.Eventually;

/** Profilers that learn in a process of their own. */
class WorkshopTest {
  private static final int MANY = 1_200_000;

  @TempDir private static Path folder;
  private static Hosted hosted;

  @BeforeAll
  static void open() throws IOException {
    hosted = new Hosted(folder).start();
    hosted.install(
        TestPlugin.of("learner", "1.0.0")
            .source("sample.Learner")
            .extension("sample.Learner")
            .schema(
                """
                {"type": "object", "additionalProperties": false,
                 "properties": {"way": {"type": "string"}}}
                """));
  }

  @AfterAll
  static void close() throws IOException {
    hosted.close();
  }

  @Test
  void learnsFromALargeTableElsewhereAndFromASmallOneHere() throws Exception {
    List<Double> parts = new ArrayList<>();

    ByteBuffer large = ByteBuffer.wrap(learnt("", MANY, parts, 99).bytes());
    ByteBuffer small = ByteBuffer.wrap(learnt("", 10, new ArrayList<>(), 99).bytes());

    assertEquals(7 + 2.0 * (MANY - 1), large.getDouble());
    assertNotEquals(ProcessHandle.current().pid(), large.getLong());
    assertEquals(12, parts.size());
    assertEquals(7 + 2.0 * 9, small.getDouble());
    assertEquals(ProcessHandle.current().pid(), small.getLong());
  }

  @Test
  void stopsWhenItIsToldTo() throws Exception {
    List<Double> parts = new ArrayList<>();

    Profiler.Model model = learnt("", MANY, parts, 3);

    assertEquals(3, parts.size());
    assertTrue(ByteBuffer.wrap(model.bytes()).getDouble() < MANY);
  }

  @Test
  void refusesInWordsAsItWouldHere() {
    Profiler.Refused refused =
        assertThrows(Profiler.Refused.class, () -> learnt("refuses", MANY, new ArrayList<>(), 99));

    assertEquals(new Text("too few", "太少"), refused.reason());
  }

  @ParameterizedTest
  @CsvSource({
    "throws, does not like it",
    "exits, ended with 7",
    "memory, memory",
    "hangs, did not answer"
  })
  void whateverEndsItEndsOnlyTheRun(String way, String said) throws Exception {
    PluginFault fault =
        assertThrows(PluginFault.class, () -> learnt(way, MANY, new ArrayList<>(), 99));

    assertTrue(fault.getMessage().contains(said), fault.getMessage());
    assertTrue(
        ProcessHandle.current().children().noneMatch(child -> isApprentice(child)),
        "its process is still there");
    assertEquals(10, learnt("", 10, new ArrayList<>(), 99).card().people());
  }

  @Test
  void leavesNoFilesBehind() throws Exception {
    Set<Path> before = folders();

    Profiler.Model unused = learnt("", MANY, new ArrayList<>(), 99);
    assertThrows(PluginFault.class, () -> learnt("exits", MANY, new ArrayList<>(), 99));

    Eventually.until(
        Duration.ofSeconds(20), "its folders to go", () -> before.containsAll(folders()));
  }

  private static Set<Path> folders() {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(it -> it.getFileName().toString().startsWith("soloist-workshop"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsHandedOnComesBackEqual() throws IOException {
    List<Figure> figures =
        List.of(
            new Figure.Plot(
                text("plot"),
                text("x"),
                text("y"),
                Figure.Mark.LINE,
                List.of(new Figure.Series(text("s"), List.of(1.0, Double.NaN), List.of(2.0, 3.0)))),
            new Figure.Grid(text("grid"), List.of(text("r")), List.of(), List.of(List.of())),
            new Figure.Grid(
                text("map"),
                List.of(text("r")),
                List.of(text("c")),
                List.of(List.of(7.0)),
                List.of(List.of("{\"all\": []}"))));
    var card =
        new Profiler.Card(
            5,
            List.of(new Profiler.Measure(text("hits"), 0.5, 0.4, 0.6, 0.3, Profiler.Better.MORE)),
            List.of(text("limit")),
            List.of(),
            figures);
    var settings = new Settings(Map.of("a", "1", "b", "ü中"));
    var events =
        new Table.Events(
            "order",
            new int[] {0, 2},
            new long[] {1, 2},
            new double[] {1.5, Double.NaN},
            new int[] {0, -1},
            new int[] {0, 1, 1},
            new int[] {1},
            List.of("EUR", "tea"));
    var texts = new Table.Texts("city", List.of("Ulm"));
    var table = new Table(Instant.parse("2026-01-02T03:04:05.006Z"), List.of("p"), List.of(texts));

    assertEquals(card, again(card));
    assertEquals(settings, again(settings));
    assertEquals(table, again(table));
    var back = (Table.Events) again(events);
    assertTrue(
        Arrays.equals(events.first(), back.first())
            && Arrays.equals(events.times(), back.times())
            && Arrays.equals(events.amounts(), back.amounts())
            && Arrays.equals(events.items(), back.items())
            && events.names().equals(back.names()));
    assertThrows(IOException.class, () -> again(Path.of("x")));
    assertThrows(IOException.class, () -> again(new Shelf.Kept("", 0, folder, null, "", "")));
  }

  private static Object again(Object value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    SpiValues.write(new DataOutputStream(bytes), value);
    return SpiValues.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static Text text(String word) {
    return new Text(word, word);
  }

  private static boolean isApprentice(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(Apprentice.class.getName());
  }

  /** Learns from {@code nothing, 2, 2, …} until it has moved {@code most} times. */
  private static Profiler.Model learnt(String way, int people, List<Double> parts, int most)
      throws Profiler.Refused {
    double[] spent = new double[people];
    Arrays.fill(spent, 2);
    spent[0] = Double.NaN;
    var table =
        new Table(
            Instant.EPOCH,
            Collections.nCopies(people, "p"),
            List.of(new Table.Numbers("spent", spent)));
    assertEquals(people == MANY, Workshop.isFor(table));
    try (Profiler profiler = hosted.plugins().profiler("learner")) {
      profiler.open(new Settings(Map.of("way", way)));
      return profiler.fit(
          table,
          new Profiler.Run() {
            @Override
            public long seed() {
              return 7;
            }

            @Override
            public boolean progress(double part) {
              parts.add(part);
              return parts.size() < most;
            }
          });
    }
  }
}
