package soloist;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import soloist.analytics.Counts;
import soloist.analytics.FirstSteps;
import soloist.analytics.StatusEndpoint;
import soloist.analytics.Tally;
import soloist.bus.Bus;
import soloist.bus.Topics;
import soloist.campaign.Published;
import soloist.campaign.Waves;
import soloist.config.CompanyEndpoint;
import soloist.config.CompanySettings;
import soloist.config.Config;
import soloist.config.PublicAddress;
import soloist.delivery.CaughtMails;
import soloist.delivery.Deliveries;
import soloist.delivery.DeliveryVerticle;
import soloist.delivery.LeaseVerticle;
import soloist.delivery.MailTraces;
import soloist.delivery.PublicUrl;
import soloist.delivery.PublicUrlEndpoint;
import soloist.delivery.SendingHold;
import soloist.embedded.EmbeddedMongo;
import soloist.embedded.Restore;
import soloist.http.HttpHost;
import soloist.http.Operation;
import soloist.identity.Identity;
import soloist.identity.ProfileIds;
import soloist.ingest.EventsEndpoint;
import soloist.ingest.Ingest;
import soloist.ingest.Undone;
import soloist.job.Jobs;
import soloist.job.JobsEndpoint;
import soloist.lane.Crossings;
import soloist.lane.DeadRows;
import soloist.lane.DeadRowsEndpoint;
import soloist.lane.Journal;
import soloist.lane.LaneVerticle;
import soloist.lane.Partitions;
import soloist.lane.Publications;
import soloist.plugin.InstancesEndpoint;
import soloist.plugin.PluginHost;
import soloist.plugin.PluginsEndpoint;
import soloist.privacy.Suppressions;
import soloist.profile.ProfileDocuments;
import soloist.profile.Refolds;
import soloist.rules.judge.DroolsJudge;
import soloist.security.Accounts;
import soloist.security.Authorities;
import soloist.security.Keys;
import soloist.security.Links;
import soloist.store.Definitions;
import soloist.store.Store;
import soloist.tracking.Responses;
import soloist.tracking.Sites;
import soloist.tracking.VisitsEndpoint;

/**
 * A running server: every part made once and handed to those that need it, in the order in which an
 * event meets them. Closing it undoes this in the opposite order: no more requests, then what is
 * being sent ends, then no more rows; what is journalled or queued by then is kept.
 */
public final class Soloist implements AutoCloseable {
  public static final String VERSION = "0.1.0";

  private static final int LANES = 4;
  private static final int TICK_MILLIS = 1_000;

  private final Deque<AutoCloseable> opened;
  private final Config config;
  private final Optional<EmbeddedMongo> embedded;
  private final Store store;
  private final int port;
  private final CaughtMails caught;
  private final PluginHost plugins;
  private final Journal journal;
  private final Recipes recipes;
  private final InstantSource clock;
  private final MailSender sender;
  private final PublicAddress address;
  private final PublicUrl publicUrl;
  private final Deliveries deliveries;
  private final Accounts accounts;
  private final Counts counts;
  private final List<Operation> operations;

  private Soloist(Config config, Controls controls, JsonObject offered, Deque<AutoCloseable> opened)
      throws IOException {
    this.config = config;
    this.opened = opened;
    Files.createDirectories(config.home());
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    Vertx vertx = Vertx.vertx();
    embedded = embedded();
    store = keep(new Store(config.mongodb().orElseGet(() -> embedded.orElseThrow().uri())));
    Bus bus = new Bus(vertx);
    Keys keys = Keys.open(config.home().resolve(Backups.KEY));
    Definitions definitions = new Definitions(store);
    caught = new CaughtMails(config.home().resolve("mails"), controls.clock());

    Suppressions suppressions = new Suppressions(store, keys, controls.clock());
    plugins =
        keep(new PluginHost(config.plugins(), pluginHome(config), store, keys, controls.clock()));
    sender = keep(new MailSender(config, caught, plugins));

    journal =
        new Journal(
            store,
            controls.clock(),
            (partition, upTo) ->
                bus.publish(Topics.ROWS_APPENDED, new Topics.RowsAppended(partition, upTo)));
    Jobs jobs = new Jobs(store, controls.clock());
    Crossings.begin(store, controls.clock().instant());
    Refolds refolds = new Refolds(store, journal, jobs, controls.clock());
    refolds.resume();
    refolds.reshape(ProfileDocuments.SHAPE);
    Publications publications = new Publications(definitions, journal);
    Names names = new Names(definitions);
    recipes = new Recipes(definitions, publications, refolds);
    clock = controls.clock();
    recipes.publish("thanks", clock.instant());
    Identity identity = new Identity(store, new ProfileIds(controls.clock()));
    Undone undone = new Undone();
    CompanySettings company = new CompanySettings(store, config);
    Ingest ingest =
        new Ingest(identity, journal, undone, controls.clock(), () -> company.now().country());

    address = new PublicAddress(store, config.publicUrl());
    accounts = keep(new Accounts(config.home(), store, keys, controls.clock(), address));
    HttpHost http = new HttpHost(vertx, address::known, accounts.gate());
    Supplier<URI> local = () -> URI.create("http://localhost:" + http.port());
    Supplier<URI> url = () -> address.now().orElseGet(local);
    accounts.mount(http.api(), company, () -> isDoubtful() ? local.get() : url.get(), offered);
    new CompanyEndpoint(company).mount(http.api());
    Responses responses = new Responses(store, ingest, suppressions, threads);
    new DeadRowsEndpoint(new DeadRows(store, journal, clock)).mount(http.api());
    new JobsEndpoint(jobs).mount(http.api());
    Backups backups = new Backups(embedded, store, journal, config.home(), jobs, controls.clock());
    new BackupsEndpoint(backups, controls.clock()).mount(http.api());
    Tally tally = keep(new Tally(store, journal));
    tally.catchUp();
    FirstSteps steps =
        new FirstSteps(store, tally, definitions, () -> company.now().agreement(), this::sends);
    counts = new Counts(store, tally);
    new StatusEndpoint(this::setup, steps, counts).mount(http.api());
    new EventsEndpoint(ingest).mount(http.api());
    Ground ground =
        new Ground(
            config,
            clock,
            store,
            definitions,
            plugins,
            journal,
            publications,
            refolds,
            jobs,
            names);
    Customers.Later customers =
        new Customers(
                ground,
                identity,
                ingest,
                undone,
                suppressions,
                backups,
                new MailTraces(caught),
                company)
            .mount(http.api());
    new PluginsEndpoint(plugins).mount(http.api());
    new InstancesEndpoint(plugins).mount(http.api());
    Links links = new Links(keys, url);
    publicUrl =
        new PublicUrl(
            url, address, config.publicTrust().map(Authorities::read), keys, controls.clock());
    new PublicUrlEndpoint(address, publicUrl).mount(http.api(), http.open());

    VisitsEndpoint visits = new VisitsEndpoint(new Sites(store), ingest, url);
    visits.mount(http.open());
    visits.mountSites(http.api());

    SendingHold hold = hold(controls);
    Sending.Later sending =
        new Sending(
                ground,
                suppressions,
                responses,
                links,
                publicUrl,
                company,
                caught,
                hold,
                bus,
                controls)
            .mount(http.api(), http.open());
    deliveries = sending.deliveries();
    operations =
        Stream.of(http.api(), http.open()).flatMap(it -> it.operations().stream()).toList();
    keep(() -> vertx.close().await());
    keep(journal);
    keep(jobs);
    // While what is being sent ends its lease is still renewed.
    keep(deliveries);
    // A click that was answered still reaches the journal.
    keep(threads);
    keep(http);
    port = http.listen(config.port());

    Pipeline pipeline =
        new Pipeline(
            new Published.Cache(definitions, DroolsJudge::new), () -> company.now().timeZone());
    for (int lane = 0; lane < LANES; lane++) {
      int first = lane;
      List<Integer> partitions =
          IntStream.range(0, Partitions.COUNT)
              .filter(partition -> partition % LANES == first)
              .boxed()
              .toList();
      deploy(
          vertx,
          new LaneVerticle(
              partitions, bus, store, journal, pipeline, controls.commits(), controls.redo()));
    }
    vertx.setPeriodic(
        TICK_MILLIS, _ -> bus.publish(Topics.SECOND_PASSED, new Topics.SecondPassed()));
    responses.tellUntold();
    customers.erasure().resume();

    everySecond(vertx, threads, publicUrl::check);
    everySecond(vertx, threads, sending.campaigns()::tick);
    everySecond(vertx, threads, sending.waves()::tick);

    plugins.ship();
    plugins.bring(MailSender.PLUGIN);
    deliveries.begin();
    deploy(vertx, new LeaseVerticle(bus, deliveries, hold));
    deploy(vertx, new DeliveryVerticle(bus, deliveries));
    plugins.bringAll();
    everySecond(vertx, threads, plugins::inspect);
    everySecond(vertx, threads, customers.repeats()::tick);
  }

  /** Until the end begins. */
  private void everySecond(Vertx vertx, Executor threads, Runnable work) {
    long timer = vertx.setPeriodic(TICK_MILLIS, _ -> threads.execute(work));
    keep(() -> vertx.cancelTimer(timer));
  }

  /**
   * Starts a server and returns when all of it runs. It answers before: plugins start last.
   *
   * @throws IOException when its files cannot be read or written
   */
  public static Soloist start(Config config, Controls controls) throws IOException {
    return start(config, controls, new JsonObject());
  }

  /**
   * As {@link #start(Config, Controls)}.
   *
   * @param offered what the form of the first start is filled in with
   */
  static Soloist start(Config config, Controls controls, JsonObject offered) throws IOException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new Soloist(config, controls, offered, opened);
    } catch (IOException | RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://localhost:" + port;
  }

  /** Everything that is answered beside the pages, and to whom. */
  public List<Operation> operations() {
    return operations;
  }

  /** Publishes segments, campaigns and templates, written as the recipes that ship are. */
  public void publish(JsonObject recipe) {
    recipes.publish("own", recipe, clock.instant());
  }

  /** Where the owner's account is made; empty when there is one. Each call makes a new link. */
  public Optional<String> setupUrl() {
    return accounts.setupPath().map(path -> url() + path);
  }

  /** The mail server that mails leave through; empty while they stay in the catcher. */
  public Optional<String> relay() {
    return sender.relay();
  }

  /** By which this machine's commands act for the owner. */
  public String token() {
    return accounts.machineToken();
  }

  public CaughtMails caught() {
    return caught;
  }

  /** Whether every row is judged and every message has reached an end state or waits for a word. */
  public boolean isIdle() {
    return journal.isJudged()
        && store
                .outbox()
                .find(
                    and(
                        in("state", "queued", "claimed", "inflight"),
                        ne("dueAt", Date.from(Waves.HELD))))
                .first()
            == null;
  }

  public Counts counts() {
    return counts;
  }

  private Optional<EmbeddedMongo> embedded() {
    return config.mongodb().isPresent()
        ? Optional.empty()
        : Optional.of(keep(EmbeddedMongo.open(storeFolder())));
  }

  private Path storeFolder() {
    return config.home().resolve("store");
  }

  /** What is due is held back after a restore, and the mark of it goes once that is noted. */
  private SendingHold hold(Controls controls) {
    Optional<Instant> backupOf =
        config.mongodb().isPresent()
            ? Optional.empty()
            : Restore.mark(storeFolder()).map(Restore.Mark::taken);
    SendingHold hold =
        new SendingHold(
            store,
            controls.clock(),
            controls.uptime(),
            controls.delivery().longestPause(),
            backupOf);
    if (backupOf.isPresent()) {
      Restore.release(storeFolder());
    }
    return hold;
  }

  /** Where plugins are kept. */
  static Path pluginHome(Config config) {
    return config.home().resolve("plugins");
  }

  /** Nobody is sent to an address that the owner may have mistyped, or the way back is lost. */
  private boolean isDoubtful() {
    return !address.isFixed() && !publicUrl.isProven();
  }

  private boolean sends() {
    return sender.isVerified(publicUrl);
  }

  private Map<String, Object> setup() {
    Map<String, Object> setup = new LinkedHashMap<>();
    setup.put("version", VERSION);
    setup.put("address", "127.0.0.1:" + port);
    setup.put("relay", sender.status(publicUrl, deliveries));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", embedded.isPresent() ? "embedded" : "mongodb");
    data.put("trouble", embedded.flatMap(EmbeddedMongo::trouble).orElse(null));
    setup.put("store", data);
    setup.put("publicUrl", publicUrl.status());
    setup.put("plugins", plugins.counts());
    return setup;
  }

  private static void deploy(Vertx vertx, VerticleBase verticle) {
    vertx
        .deployVerticle(
            verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        System.getLogger(Soloist.class.getName())
            .log(System.Logger.Level.WARNING, "a part did not close well", e);
      }
    }
  }
}
