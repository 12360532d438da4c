package soloist.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.lane.Journal;
import soloist.lane.Row;
import soloist.profile.EventTypes;

/**
 * Where an event goes whose id may have been told before. What an import told can be undone, so who
 * tells it too is journalled behind it, and counts once everybody before is undone; what anybody
 * else told stands for good.
 */
final class Tellings {
  /** Ends the ids of later tellings; sorts before everything that an id may go on with. */
  private static final String AGAIN = " ~";

  private final Journal journal;
  private final Undone undone;

  Tellings(Journal journal, Undone undone) {
    this.journal = journal;
    this.undone = undone;
  }

  /**
   * The place of one telling.
   *
   * @param id under which it is to be journalled
   * @param behind who told it before and is not undone
   * @param isTaken whether nothing is to be journalled: it is there by the same origin, or for good
   * @param isOurs whether it is there by the same origin and counts
   */
  record Place(String id, List<String> behind, boolean isTaken, boolean isOurs) {
    /** Whether the event counts once it is journalled there. */
    boolean counts() {
      return !isTaken && behind.isEmpty();
    }

    /** The row to journal there. */
    Row row(Row draft) {
      return behind.isEmpty()
          ? draft.as(id, draft.type(), draft.properties())
          : draft.as(
              id,
              EventTypes.RETOLD,
              Map.of("type", draft.type(), "behind", behind, "properties", draft.properties()));
    }
  }

  /** The places of events that one origin tells, by their ids. */
  Map<String, Place> places(List<EventInput> events, String origin) {
    Map<String, Place> places = new HashMap<>();
    Map<String, List<String>> open = new LinkedHashMap<>();
    events.forEach(event -> open.put(event.id(), List.of()));
    for (int before = 0; !open.isEmpty(); before++) {
      String ending = before == 0 ? "" : AGAIN + before;
      Map<String, Journal.Telling> told =
          journal.told(open.keySet().stream().map(id -> id + ending).toList());
      for (String id : Set.copyOf(open.keySet())) {
        List<String> behind = open.getOrDefault(id, List.of());
        String here = id + ending;
        Journal.Telling telling = told.get(here);
        if (telling == null) {
          places.put(id, new Place(here, standing(behind), false, false));
          open.remove(id);
        } else if (telling.origin().equals(origin) || !Undone.mayBe(telling.origin())) {
          boolean isOurs =
              telling.origin().equals(origin) && !telling.type().equals(EventTypes.RETOLD);
          places.put(id, new Place(here, List.of(), true, isOurs));
          open.remove(id);
        } else {
          List<String> longer = new ArrayList<>(behind);
          longer.add(telling.origin());
          open.put(id, longer);
        }
      }
    }
    return places;
  }

  private List<String> standing(List<String> origins) {
    return List.copyOf(
        new HashSet<>(origins.stream().filter(origin -> !undone.contains(origin)).toList()));
  }
}
