package soloist.embedded;

/** Copies a store to another in a process of its own, to be killed, and says how far it is. */
final class CopyChild {
  private CopyChild() {}

  public static void main(String[] arguments) {
    StoreCopy.run(
        arguments[0],
        arguments[1],
        "test",
        (what, done, total) -> {
          System.out.println(done);
          return true;
        });
  }
}
