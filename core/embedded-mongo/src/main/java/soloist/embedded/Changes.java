package soloist.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * What has been changed in the maps and is not in the log yet. What a command changes is added as
 * one, while nobody else can change the same entries; so it is logged whole or not at all, and in
 * the order in which the maps were changed.
 */
final class Changes {
  private List<List<Change>> gathered = new ArrayList<>();
  private long added;

  synchronized void add(List<Change> together) {
    if (!together.isEmpty()) {
      gathered.add(together);
      added++;
    }
  }

  /** How many were ever added. */
  synchronized long added() {
    return added;
  }

  /**
   * Those that gathered.
   *
   * @param upTo how many were added up to the last of them
   */
  record Gathered(List<List<Change>> changes, long upTo) {}

  synchronized Gathered take() {
    var taken = new Gathered(gathered, added);
    gathered = new ArrayList<>();
    return taken;
  }
}
