package soloist.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The latest instants of one event, as many as some condition needs to be decided. The same set of
 * instants gives the same window in whatever order they come.
 *
 * @param latest newest first, at most {@code most}
 */
record Window(int most, List<Instant> latest) {

  Window {
    latest = List.copyOf(latest);
  }

  /** This window for at least so many instants. */
  Window atLeast(int count) {
    return count > most ? new Window(count, latest) : this;
  }

  Window with(Instant instant) {
    List<Instant> all = new ArrayList<>(latest);
    all.add(instant);
    all.sort(Comparator.reverseOrder());
    return new Window(most, all.subList(0, Math.min(most, all.size())));
  }
}
