package soloist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.MergeStory.Telling;
import soloist.MergeStory.Told;
import soloist.lane.CommitPoint;
import soloist.lane.RedoUse;
import soloist.lane.Row;
import soloist.store.Store;
import soloist.store.TestStore;

/** However links and events meet, and wherever it is killed, the same people come of it. */
class MergePropertyTest {
  private static final int PEOPLE = Seed.rounds(30, 60);

  private final TestStore server = new TestStore();
  private int stores;

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void eightLanesThatAreKilledMakeTheSamePeopleOfAnyOrderAsOneThatIsNot() {
    Random random = Seed.random("merge");
    for (int round = 0; round < Seed.rounds(1, 40); round++) {
      MergeStory story = MergeStory.random(PEOPLE, random);
      Told whole = tell(story, Telling.undisturbed(), story.inOrder());

      assertEquals(story.roots(), whole.roots());
      assertTrue(new HashSet<>(whole.roots().values()).size() < PEOPLE * 4 / 5, "too few merges");
      Told killed = tell(story, Telling.disturbed(random), story.shuffled(random));

      assertEquals(12, killed.kills());
      assertSame(whole, killed);
    }
  }

  @Test
  void whoIsNotTheSameAfterAllIsWhoTheyWouldHaveBeen() {
    Random random = Seed.random("unmerge");
    for (int round = 0; round < Seed.rounds(1, 40); round++) {
      MergeStory story = MergeStory.random(PEOPLE, random);
      List<String> mistaken = new ArrayList<>(story.links().into().keySet());
      Collections.shuffle(mistaken, random);
      List<String> some = mistaken.subList(0, mistaken.size() / 2);
      MergeStory never = story.with(story.links().without(some));

      Told undone =
          tell(story, Telling.disturbed(random), story.shuffled(random), MergeStory.back(some));

      assertEquals(12, undone.kills());
      assertEquals(never.roots(), undone.roots());
      assertSame(tell(never, Telling.undisturbed(), never.inOrder()), undone);
    }
  }

  @Test
  void peopleFoldedAnewAfterMergesAreWhoTheyWere() {
    Random random = Seed.random("merge refold");
    MergeStory story = MergeStory.random(Seed.rounds(100, 1_000), random);
    List<String> linked = new ArrayList<>(story.links().into().keySet());
    Collections.shuffle(linked, random);
    List<String> some = linked.subList(0, linked.size() / 4);

    try (Store store = server.open("refold")) {
      List<Told> told =
          story.tell(
              Telling.undisturbed(),
              store,
              List.of(story.shuffled(random), MergeStory.back(some), story.anew()));

      assertEquals(story.links().without(some).roots(story.people()), told.get(1).roots());
      assertSame(told.get(1), told.get(2));
    }
  }

  @Test
  void whatIsToFollowIsLostWithoutARedoRecord() {
    Random random = Seed.random("merge without redo");
    MergeStory story = MergeStory.random(PEOPLE, random);
    Telling careless =
        new Telling(8, 40, 6, CommitPoint.PROFILES_WRITTEN, RedoUse.NOT_WRITTEN, random);

    Told whole = tell(story, Telling.undisturbed(), story.inOrder());
    Told killed = tell(story, careless, story.shuffled(random));

    assertFalse(whole.people().equals(killed.people()), "nobody is missing");
  }

  private static void assertSame(Told expected, Told found) {
    assertEquals(0, expected.dead());
    assertEquals(0, found.dead());
    assertEquals(expected.roots(), found.roots());
    expected.people().forEach((id, portrait) -> assertEquals(portrait, found.people().get(id), id));
    assertEquals(expected.people().keySet(), found.people().keySet());
    expected.leadsTo().forEach((key, id) -> assertEquals(id, found.leadsTo().get(key), key));
  }

  private Told tell(MergeStory story, Telling how, List<Row> rows) {
    return tell(story, how, rows, List.of());
  }

  private Told tell(MergeStory story, Telling how, List<Row> rows, List<Row> then) {
    try (Store store = server.open("merge" + stores++)) {
      return story.tell(how, store, List.of(rows, then)).getLast();
    }
  }
}
