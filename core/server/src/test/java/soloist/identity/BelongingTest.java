package soloist.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import soloist.identity.Identity.Owner;
import soloist.identity.Pairs.Pair;
import soloist.store.Store;
import soloist.store.TestStore;
import soloist.testkit.ManualClock;

/** Who is one person by what an event names, and who is not. */
class BelongingTest {
  private static final Instant NOW = new ManualClock().instant();

  private final TestStore server = new TestStore();
  private final Store store = server.open("belonging");
  private final Pairs pairs = new Pairs(store);
  private int people;
  private final Identity identity = new Identity(store, () -> "p" + ++people);

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void aVisitorGetsTheNameOfWhoSaysIt() {
    tell("visitorId", "v");

    assertEquals(new Owner("p1", List.of()), tell("visitorId", "v", "email", "a@x.org"));
    assertEquals(new Owner("p1", List.of()), tell("email", "a@x.org"));
  }

  @Test
  void whatSomebodyDidInAnotherBrowserIsTheirs() {
    tell("email", "a@x.org");
    tell("visitorId", "v");

    assertEquals(new Owner("p1", List.of("p2")), tell("visitorId", "v", "email", "a@x.org"));
  }

  @Test
  void aSecondPersonInTheSameBrowserIsNobodyElse() {
    tell("visitorId", "v", "email", "a@x.org");

    assertEquals(new Owner("p2", List.of()), tell("visitorId", "v", "email", "b@x.org"));
    assertEquals(new Owner("p2", List.of()), tell("visitorId", "v", "email", "b@x.org"));
    assertEquals(new Owner("p1", List.of()), tell("visitorId", "v"));
  }

  @Test
  void aSharedTelephoneMakesNobodyOneOfTwo() {
    tell("phone", "+4930123456", "email", "a@x.org");
    tell("email", "b@x.org");

    assertEquals(new Owner("p2", List.of()), tell("phone", "+4930123456", "email", "b@x.org"));
    assertEquals(List.of(new Pair("p1", "p2")), pairs.doubtful(9));
  }

  @Test
  void anAccountWithSomebodysAddressIsTheirs() {
    tell("email", "a@x.org");
    tell("userId", "7");

    assertEquals(new Owner("p1", List.of("p2")), tell("userId", "7", "email", "a@x.org"));
    assertEquals(List.of(), pairs.doubtful(9));
  }

  @Test
  void twoAccountsAreOnePersonByAWordOnly() {
    tell("userId", "7", "email", "a@x.org");
    tell("userId", "8");

    assertEquals(new Owner("p2", List.of()), tell("userId", "8", "email", "a@x.org"));
    assertEquals(List.of(new Pair("p1", "p2")), pairs.doubtful(9));
  }

  @Test
  void whoIsSaidToBeTwoStaysTwo() {
    tell("email", "a@x.org");
    tell("userId", "7");
    pairs.keepApart(new Pair("p2", "p1"), NOW);

    assertEquals(new Owner("p2", List.of()), tell("userId", "7", "email", "a@x.org"));
    assertEquals(List.of(), pairs.doubtful(9));
  }

  private Owner tell(String... kindsAndValues) {
    Map<String, String> identifiers =
        kindsAndValues.length == 2
            ? Map.of(kindsAndValues[0], kindsAndValues[1])
            : Map.of(kindsAndValues[0], kindsAndValues[1], kindsAndValues[2], kindsAndValues[3]);
    Owner owner = identity.resolve(identifiers, NOW);
    assertEquals(
        owner,
        identity.find(List.of(identifiers), NOW).owner(identifiers).orElseThrow(),
        "told again");
    return owner;
  }
}
