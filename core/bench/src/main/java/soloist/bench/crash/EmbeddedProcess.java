package soloist.bench.crash;

import java.nio.file.Path;
import soloist.embedded.EmbeddedMongo;

/** The embedded store alone in a process, to be killed. Argument: its folder. */
final class EmbeddedProcess {
  private EmbeddedProcess() {}

  public static void main(String[] arguments) {
    EmbeddedMongo store = EmbeddedMongo.open(Path.of(arguments[0]));
    System.out.println("listening " + store.uri());
    Child.endWithInput();
  }
}
