import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over every Java file of the tree: {@code check} (default) or {@code
 * write}.
 */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean write = args.length > 1 && args[1].equals("write");
    List<String> arguments =
        new ArrayList<>(
            write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    try (var files = Files.walk(Path.of(args[0]))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(
              file ->
                  !file.toString().contains("/target/")
                      && !file.toString().contains("/node_modules/"))
          .forEach(file -> arguments.add(file.toString()));
    }
    var out = new PrintWriter(System.out, true);
    int exit =
        new Main(out, new PrintWriter(System.err, true), System.in)
            .format(arguments.toArray(String[]::new));
    if (exit != 0) {
      System.err.println(
          "These files are not formatted. Mend them with: mvn -N validate -Dformat=write");
    }
    System.exit(exit);
  }
}
