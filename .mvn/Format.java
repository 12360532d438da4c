import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs google-java-format over the Java files of a tree that changed since it last found nothing to
 * complain about. Arguments: the tree, the file whose time says when that was, and {@code check} or
 * {@code write}.
 */
final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

  public static void main(String[] args) throws Exception {
    Path tree = Path.of(args[0]);
    Path stamp = Path.of(args[1]);
    boolean write = args[2].equals("write");

    Instant start = Instant.now();
    List<String> arguments = new ArrayList<>();
    // Cut strings come out differently in a second run, so that a mended file would be refused.
    arguments.add("--skip-reflowing-long-strings");
    arguments.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    int flags = arguments.size();
    for (Path file : javaFiles(tree)) {
      if (Files.notExists(stamp)
          || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(stamp)) >= 0) {
        arguments.add(file.toString());
      }
    }
    if (arguments.size() == flags) {
      return;
    }

    int exit =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
            .format(arguments.toArray(String[]::new));
    if (exit == 0) {
      Files.deleteIfExists(stamp);
      Files.setLastModifiedTime(Files.createFile(stamp), FileTime.from(start));
    } else if (!write) {
      System.err.println(
          "These files are not formatted. Mend them with: mvn -N validate -Dformat=write");
    }
    System.exit(exit);
  }

  private static List<Path> javaFiles(Path tree) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip =
                !folder.equals(tree) && NOT_OURS.contains(folder.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
