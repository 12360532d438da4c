package soloist.bench.crash;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.lane.Partitions;
import soloist.profile.EventTypes;
import soloist.testkit.Delivered;
import soloist.testkit.Eventually;

/**
 * One run of the whole load against servers that are killed as the plan says: the events come in,
 * some people click, three days pass at once and the follow-ups go out.
 */
final class Run implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration LIMIT_A_PERSON = Duration.ofMillis(30);

  /** Where a commit is ended again that is being redone. */
  private static final List<KillPoint> IN_REDO =
      List.of(KillPoint.OUTBOX_WRITTEN, KillPoint.DECISIONS_WRITTEN, KillPoint.PROFILES_WRITTEN);

  /** The wait of the follow-up, and longer than any load takes to come in. */
  private static final Duration UNTIL_DUE = Duration.ofDays(3).plusMinutes(30);

  private static final Duration SET_BACK = Duration.ofHours(1);

  private final SharedStore shared;
  private final MailServer mailServer;
  private final String name;
  private final Path home;
  private final List<Person> people;
  private final Plan plan;
  private final Random random;
  private final RunStore store;
  private final Address address = new Address();
  private final Servers servers;
  private final Clients clients;
  private final List<Delivered> earlier = new ArrayList<>();

  /**
   * @param name of its own database and folder
   * @param clients how many tell at the same time
   */
  Run(
      Shipped shipped,
      SharedStore shared,
      Path folder,
      String name,
      List<Person> people,
      int clients,
      Plan plan)
      throws IOException, InterruptedException {
    this.shared = shared;
    this.name = name;
    this.people = people;
    this.plan = plan;
    this.clients = new Clients(address, clients);
    home = Files.createDirectories(folder.resolve(name));
    random = new Random(name.hashCode());
    store = plan.storeInside() ? RunStore.inside(home) : RunStore.outside(shared.mongodb(name));
    mailServer = new MailServer(shipped, home);
    servers = new Servers(shipped, home, store, mailServer.port(), plan.safeguards(), address);
  }

  /** Told how things stand half way, while they stand still. */
  interface Listener {
    void standsStill(Halfway half) throws IOException;
  }

  /** The whole run. */
  Result go(Listener listener) throws IOException, InterruptedException {
    comeIn();
    listener.standsStill(new Halfway(name, home, clients.accepted(), mails(), servers.now()));
    return comeToAnEnd();
  }

  /** The second half only, on what another run has left half way. */
  Result goOn(Halfway half) throws IOException, InterruptedException {
    half.copy(shared.mongodb(name), name, home);
    earlier.addAll(half.mails());
    clients.accepted().addAll(half.accepted());
    servers.setClock(half.clock());
    servers.start();
    return comeToAnEnd();
  }

  private void comeIn() throws IOException, InterruptedException {
    servers.start();
    int parts = plan.inLoad().size() + 1;
    for (int part = 0; part < parts - 1; part++) {
      tellAndKill(part(part, parts), plan.inLoad().get(part));
    }
    clients.tell(part(parts - 1, parts));
    untilDone();
    Set<String> clicking =
        people.stream().filter(Person::clicks).map(Person::email).collect(Collectors.toSet());
    click(mails().stream().filter(mail -> clicking.contains(mail.recipient())).toList());
    untilDone();
  }

  private Result comeToAnEnd() throws IOException, InterruptedException {
    followUp();
    untilDone();
    servers.running().end();
    Set<String> doubtful =
        servers.inflight().stream()
            .map(id -> id.substring(0, id.indexOf('#')))
            .collect(Collectors.toSet());
    AtomicReference<@Nullable Snapshot> snapshot = new AtomicReference<>();
    store.left(left -> snapshot.set(Snapshot.of(left, doubtful)));
    return new Result(
        requireNonNull(snapshot.get()),
        people.stream().collect(Collectors.toMap(Person::email, Person::orders)),
        clients.accepted(),
        servers.inflight(),
        mails(),
        servers.killed(),
        servers.slowestStart(),
        servers.slowestEnd(),
        plan.safeguards().hold());
  }

  private List<Person> part(int part, int parts) {
    return people.subList(people.size() * part / parts, people.size() * (part + 1) / parts);
  }

  private void tellAndKill(List<Person> some, KillPoint point)
      throws IOException, InterruptedException {
    int passing = point.passing(random);
    int answersBefore = clients.answers();
    switch (point) {
      case RANDOM, ASKED -> {}
      case RECOVERY -> servers.running().arm(KillPoint.OUTBOX_WRITTEN + " " + passing);
      default -> servers.running().arm(point + " " + passing);
    }
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> telling =
          thread.submit(
              () -> {
                clients.tell(some);
                return true;
              });
      try {
        if (point == KillPoint.RANDOM || point == KillPoint.ASKED) {
          int enough = answersBefore + Math.min(passing, some.size());
          Eventually.until(LIMIT, "answers", () -> clients.answers() >= enough);
        } else {
          servers.running().awaitCaught();
        }
        if (point == KillPoint.ASKED) {
          servers.ask();
        } else {
          servers.kill(point);
        }
        if (point == KillPoint.RECOVERY) {
          List<KillPoint> order = new ArrayList<>(IN_REDO);
          Collections.shuffle(order, random);
          for (KillPoint again : order.subList(0, 2)) {
            servers.startInto(again + " 1");
            servers.kill(point);
          }
        }
        servers.start();
        telling.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        telling.cancel(true);
      }
    }
  }

  /** Lets three days pass. */
  private void followUp() throws IOException, InterruptedException {
    if (plan.whenDue().isEmpty()) {
      servers.pass(UNTIL_DUE);
      return;
    }
    KillPoint point = plan.whenDue().get();
    Map<String, Delivered> answerable = answerable();
    String where = plan.setBack() ? " 1 " + partition(answerable.keySet()) : " 1";
    servers.running().arm(point + where);
    servers.pass(UNTIL_DUE);
    String caught = servers.running().awaitCaught();
    servers.kill(point);
    if (!plan.setBack()) {
      servers.start();
      return;
    }
    servers.pass(SET_BACK.negated());
    servers.start();
    List<Delivered> late = new ArrayList<>();
    store
        .now()
        .profiles()
        .find(and(eq("partition", Integer.parseInt(caught)), in("_id", answerable.keySet())))
        .forEach(profile -> late.add(answerable.get(profile.getString("_id"))));
    click(late);
    servers.pass(SET_BACK);
  }

  /** The first mail of each person who waits for a follow-up and has not clicked, by profile. */
  private Map<String, Delivered> answerable() {
    Map<String, Delivered> first =
        mails().stream()
            .collect(Collectors.toMap(Delivered::recipient, mail -> mail, (one, _) -> one));
    Map<String, Delivered> found = new TreeMap<>();
    for (Document profile : store.now().profiles().find()) {
      boolean waits =
          profile.getList("journeys", Document.class).stream()
              .anyMatch(journey -> journey.getList("responses", String.class).isEmpty());
      Delivered mail = first.get(Snapshot.email(profile));
      if (waits && mail != null) {
        found.put(profile.getString("_id"), mail);
      }
    }
    return found;
  }

  /** A partition that most of these profiles are in. */
  private int partition(Collection<String> profiles) {
    Map<Integer, Long> counts =
        profiles.stream().collect(Collectors.groupingBy(Partitions::of, Collectors.counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void click(List<Delivered> mails) throws InterruptedException {
    long before = store.now().events().countDocuments(eq("type", EventTypes.CLICKED));
    clients.click(mails);
    Eventually.until(
        LIMIT,
        "clicks to be journalled",
        () ->
            store.now().events().countDocuments(eq("type", EventTypes.CLICKED))
                >= before + mails.size());
  }

  private List<Delivered> mails() {
    return Stream.concat(earlier.stream(), mailServer.mails().stream()).toList();
  }

  /** Waits until every row is judged, nothing is due and every message is in an end state. */
  private void untilDone() throws InterruptedException {
    Eventually.until(
        LIMIT.plus(LIMIT_A_PERSON.multipliedBy(people.size())),
        "everything to be judged and sent",
        () -> isJudged() && store.now().outbox().find(in("state", OPEN)).first() == null);
    Map<String, Object> counts = clients.status().getJsonObject("counts").getMap();
    if (!Integer.valueOf(0).equals(counts.get("queued"))) {
      throw new IllegalStateException("the server tells of queued messages: " + counts);
    }
  }

  private static final List<String> OPEN = List.of("queued", "claimed", "inflight");

  private boolean isJudged() {
    Instant now = servers.now();
    boolean isDue =
        store
                .now()
                .profiles()
                .find(and(gt("dueAt", new Date(0)), lte("dueAt", Date.from(now))))
                .first()
            != null;
    long judged = 0;
    for (Document cursor : store.now().cursors().find()) {
      judged += cursor.getLong("live") + cursor.getLong("bulk");
    }
    return !isDue && judged == store.now().events().estimatedDocumentCount();
  }

  @Override
  public void close() {
    servers.close();
    mailServer.close();
    store.close();
  }
}
