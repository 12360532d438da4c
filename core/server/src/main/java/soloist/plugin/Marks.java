package soloist.plugin;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A file a plugin that says whether its code is running. It outlives the process, so that the next
 * one knows which plugins were at work when it died.
 */
final class Marks implements AutoCloseable {
  static final Duration SPAN = Duration.ofMinutes(5);
  private static final int DEATHS_TO_SAFE_MODE = 2;
  private static final char RUNS = 'R';
  private static final char RESTS = '-';
  private static final char EXITS = 'X';

  private final Path folder;
  private final InstantSource clock;
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();
  private final Map<String, Integer> deaths = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  /** One file: a letter that says what the plugin is doing, and since when in milliseconds. */
  private final class Mark {
    private final RandomAccessFile file;
    private int running;

    Mark(RandomAccessFile file) {
      this.file = file;
    }

    synchronized void add(int calls) {
      int before = running;
      running += calls;
      if (before == 0 || running == 0) {
        write(running == 0 ? RESTS : RUNS);
      }
    }

    synchronized void write(char letter) {
      try {
        file.seek(0);
        file.write((letter + Long.toString(clock.millis())).getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads what an earlier process left and begins anew. */
  Marks(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(folder);
    Path log = folder.resolve("deaths");
    Instant now = clock.instant();
    StringBuilder recent = new StringBuilder();
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        List<String> parts = List.of(line.split(" ", -1));
        if (parts.size() == 2 && isRecent(parts.getFirst(), now)) {
          deaths.merge(parts.get(1), 1, Integer::sum);
          recent.append(line).append('\n');
        }
      }
    }
    for (Path mark : list()) {
      String plugin = mark.getFileName().toString().replaceFirst("\\.mark$", "");
      String said = Files.readString(mark);
      if (said.startsWith(Character.toString(EXITS))) {
        ended.add(plugin);
      }
      if (!said.startsWith(Character.toString(RESTS))
          && !said.isEmpty()
          && isRecent(said.substring(1), now)) {
        deaths.merge(plugin, 1, Integer::sum);
        recent.append(said, 1, said.length()).append(' ').append(plugin).append('\n');
      }
      Files.delete(mark);
    }
    Files.writeString(log, recent);
  }

  private static boolean isRecent(String millis, Instant now) {
    return millis.matches("[0-9]{1,18}")
        && Instant.ofEpochMilli(Long.parseLong(millis)).isAfter(now.minus(SPAN));
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".mark")).toList();
    }
  }

  void begin(String plugin) {
    mark(plugin).add(1);
  }

  void end(String plugin) {
    mark(plugin).add(-1);
  }

  /** Notes that a plugin ends this process; also while the host is still being made. */
  static void exits(Path folder, String plugin) {
    try {
      Files.writeString(folder.resolve(plugin + ".mark"), Character.toString(EXITS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Mark mark(String plugin) {
    return marks.computeIfAbsent(
        plugin,
        id -> {
          try {
            // No channel: an interrupt, which a plugin may cause, would close it.
            return new Mark(new RandomAccessFile(folder.resolve(id + ".mark").toFile(), "rw"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Whether the last process ended because this plugin asked for it. */
  boolean endedTheProcess(String plugin) {
    return ended.contains(plugin);
  }

  /** Whether two processes died within five minutes while this plugin was at work. */
  boolean isDeadly(String plugin) {
    return deaths.getOrDefault(plugin, 0) >= DEATHS_TO_SAFE_MODE;
  }

  @Override
  public void close() throws IOException {
    for (Map.Entry<String, Mark> mark : marks.entrySet()) {
      mark.getValue().file.close();
      Files.deleteIfExists(folder.resolve(mark.getKey() + ".mark"));
    }
  }
}
