package soloist.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

class IdentityTest {
  private static final Instant NOW = new ManualClock().instant();

  @Test
  void eightWhoBringTheSameNewIdentifiersAgreeOnOneProfile() throws Exception {
    try (TestStore server = new TestStore();
        Store store = server.open("race");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        Map<String, String> identifiers =
            Map.of("email", "p" + round + "@example.com", "userId", "u" + round);
        var start = new CyclicBarrier(8);
        List<Future<Identity.Owner>> owners = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          var identity = new Identity(store, new ProfileIds(new ManualClock()));
          owners.add(
              threads.submit(
                  () -> {
                    start.await();
                    return identity.resolve(identifiers, NOW);
                  }));
        }

        Set<Identity.Owner> found = new HashSet<>();
        for (Future<Identity.Owner> owner : owners) {
          found.add(owner.get());
        }

        assertEquals(1, found.size());
        assertEquals(List.of(), found.iterator().next().otherIds());
      }
    }
  }

  @Test
  void manyAtOnceAreWhoTheyAreOneAfterTheOther() {
    try (TestStore server = new TestStore();
        Store together = server.open("together");
        Store apart = server.open("apart")) {
      for (long seed = 1; seed <= 5; seed++) {
        List<Map<String, String>> people = people(new Random(seed), "s" + seed + "x");
        AtomicInteger one = new AtomicInteger();
        AtomicInteger other = new AtomicInteger();
        String prefix = "s" + seed + "-";
        var single = new Identity(apart, () -> prefix + (100 + one.incrementAndGet()));
        var many = new Identity(together, () -> prefix + (100 + other.incrementAndGet()));
        List<Identity.Owner> expected =
            people.stream().map(each -> single.resolve(each, NOW)).toList();

        List<Identity.Owner> found = many.resolveAll(people, NOW);

        assertEquals(expected, found, "seed " + seed);
        Identity.Found asked = single.find(people, NOW);
        assertEquals(
            people.stream().map(asked::owner).toList(), many.findAny(people), "seed " + seed);
      }
    }
  }

  private static List<Map<String, String>> people(Random random, String seed) {
    List<Map<String, String>> people = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Map<String, String> person = new HashMap<>();
      person.put("userId", seed + random.nextInt(25));
      if (random.nextBoolean()) {
        person.put("email", seed + random.nextInt(25) + "@example.com");
      }
      people.add(person);
    }
    return people;
  }

  @Test
  void whoIsKnownAsTwoIsTheSmallerIdWithTheOtherKept() {
    try (TestStore server = new TestStore();
        Store store = server.open("two")) {
      new Identity(store, () -> "bbb").resolve(Map.of("email", "ada@example.com"), NOW);
      new Identity(store, () -> "aaa").resolve(Map.of("userId", "7"), NOW);
      var identity = new Identity(store, () -> "ccc");

      Identity.Owner owner =
          identity.resolve(
              Map.of("email", "ada@example.com", "userId", "7", "phone", "+4930123456"), NOW);

      assertEquals(new Identity.Owner("aaa", List.of("bbb")), owner);
      assertEquals("aaa", identity.resolve(Map.of("phone", "+4930123456"), NOW).profileId());
      assertEquals("bbb", identity.resolve(Map.of("email", "ada@example.com"), NOW).profileId());
    }
  }
}
