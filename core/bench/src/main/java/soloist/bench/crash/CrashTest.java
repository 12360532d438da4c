package soloist.bench.crash;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Runs plans against one load. The undisturbed run comes first and is what the others are compared
 * with. Everything it starts ends with it.
 */
public final class CrashTest implements AutoCloseable {
  /** Enough for every partition to see people at once. */
  public static final int PEOPLE = 240;

  private final Shipped shipped;
  private final Path folder;
  private final Ground ground;
  private final List<Person> people;
  private final long seed;
  private final Result undisturbed;
  private int runs;
  private boolean passed = true;

  private CrashTest(Shipped shipped, long seed) throws IOException, InterruptedException {
    this.shipped = shipped;
    this.seed = seed;
    people = Load.people(PEOPLE, seed);
    folder = Files.createTempDirectory("soloist-crash");
    ground = new Ground(shipped, folder);
    try {
      undisturbed = run(Plan.UNDISTURBED);
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      ground.close();
      throw e;
    }
  }

  /** Starts store and mail server and makes the undisturbed run. */
  public static CrashTest open(Shipped shipped, long seed)
      throws IOException, InterruptedException {
    return new CrashTest(shipped, seed);
  }

  /** Makes a run and compares it. The same plan with the next call is killed at other passings. */
  public Verdict compare(Plan plan) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Result result = run(plan);
    return Comparison.of(undisturbed, result, (System.nanoTime() - began) / 1e9);
  }

  /** The undisturbed run held against itself: the promise without a crash. */
  public Verdict undisturbed() {
    return Comparison.of(undisturbed, undisturbed, 0);
  }

  private Result run(Plan plan) throws IOException, InterruptedException {
    String name = "seed" + seed + "run" + runs++;
    boolean ended = false;
    try (Run run = new Run(shipped, ground, folder, name, people, plan)) {
      Result result = run.go();
      ended = true;
      return result;
    } finally {
      passed &= ended;
    }
  }

  /** Logs and mails of all runs; they stay when a run did not come to its end. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    ground.close();
    if (passed) {
      delete(folder);
    }
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException error)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
