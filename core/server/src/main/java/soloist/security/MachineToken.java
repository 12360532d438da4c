package soloist.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token in the home, new at each start, by which commands on this machine act for the owner:
 * whoever can read the file can read everything else there, too.
 */
public final class MachineToken implements AutoCloseable {
  private final Path file;
  private final String token = Tokens.write("local", Secrets.secret());

  public MachineToken(Path home) throws IOException {
    file = file(home);
    PrivateFile.write(file, token);
  }

  /** Where it lies under a home. */
  public static Path file(Path home) {
    return home.resolve("token");
  }

  public String text() {
    return token;
  }

  boolean is(String other) {
    return Secrets.isSame(token, other);
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(file) && is(Files.readString(file))) {
      Files.delete(file);
    }
  }
}
