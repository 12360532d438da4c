package soloist.bench.crash;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One life of a server, from its start to its kill. */
final class ServerProcess implements AutoCloseable {
  private final Child child;

  private ServerProcess(Child child) {
    this.child = child;
  }

  /**
   * Starts one.
   *
   * @param home its files, which outlive it
   * @param ahead by how much its clock is ahead of the machine's
   * @param order for its {@link Trap}, if it is to be caught while it starts
   */
  static ServerProcess start(
      Shipped shipped,
      Path home,
      RunStore store,
      int smtpPort,
      Safeguards safeguards,
      Duration ahead,
      Optional<String> order)
      throws IOException {
    List<String> arguments = new ArrayList<>(safeguards.arguments());
    arguments.add("home=" + home);
    arguments.add("plugins=" + shipped.plugins());
    arguments.add(store.argument());
    arguments.add("smtp=" + smtpPort);
    arguments.add("ahead=" + ahead.toMillis());
    order.ifPresent(text -> arguments.add("arm=" + text));
    return new ServerProcess(
        Child.start(
            "server",
            shipped.server(SteeredServer.class, arguments.toArray(String[]::new)),
            home.resolveSibling(home.getFileName() + ".log")));
  }

  /** Where its store is, if it has one inside. */
  String awaitStore() throws InterruptedException {
    return child.await("store");
  }

  Address.Place awaitPlace() throws InterruptedException {
    List<String> told = List.of(child.await("listening").split(" ", 2));
    return new Address.Place(URI.create("http://localhost:" + told.getFirst()), told.getLast());
  }

  void ahead(Duration ahead) {
    child.tell("ahead " + ahead.toMillis());
  }

  /** Sets the trap. */
  void arm(String order) {
    child.tell("arm " + order);
  }

  /** Waits until something is caught. Returns where. */
  String awaitCaught() throws InterruptedException {
    String caught = child.await("at");
    return caught.substring(caught.indexOf(' ') + 1);
  }

  /** Lets it end by itself, so that it can write down what it has learnt about its classes. */
  void end() throws InterruptedException {
    child.tell("end 0");
    child.awaitEnd();
  }

  /** Asks it to end. */
  void ask() throws InterruptedException {
    child.ask();
  }

  void kill() throws InterruptedException {
    child.kill();
  }

  @Override
  public void close() {
    child.close();
  }
}
