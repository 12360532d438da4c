package soloist.http;

import java.util.Set;

/**
 * Who asks.
 *
 * @param id of the user or token, empty for others
 * @param name an e-mail address or the name of a token, for people to read
 * @param session the key that a person's session is stored under, empty for others
 */
public record Caller(Kind kind, String id, String name, Set<Permission> may, String session) {
  public static final Caller NOBODY = new Caller(Kind.NOBODY, "", "", Set.of(), "");

  /** How a caller has shown who it is. */
  public enum Kind {
    NOBODY,
    PERSON,
    TOKEN,
    MACHINE
  }

  public Caller {
    may = Set.copyOf(may);
  }
}
