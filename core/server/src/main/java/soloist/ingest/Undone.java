package soloist.ingest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The origins whose word does not count any more. */
public final class Undone {
  private static final String IMPORT = "import:";

  private final Set<String> origins = ConcurrentHashMap.newKeySet();

  /** The origin of what an import tells. */
  public static String origin(String importId) {
    return IMPORT + importId;
  }

  /** Whether an origin is of a kind that can be undone. */
  static boolean mayBe(String origin) {
    return origin.startsWith(IMPORT);
  }

  /** From now on what it told counts as not told. */
  public void add(String origin) {
    origins.add(origin);
  }

  boolean contains(String origin) {
    return origins.contains(origin);
  }
}
