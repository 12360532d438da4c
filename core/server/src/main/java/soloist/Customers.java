package soloist;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import soloist.config.CompanySettings;
import soloist.http.Routes;
import soloist.identity.Identity;
import soloist.imports.Imports;
import soloist.imports.ImportsEndpoint;
import soloist.imports.UploadTraces;
import soloist.ingest.Ingest;
import soloist.ingest.Undone;
import soloist.job.Jobs;
import soloist.privacy.Erasure;
import soloist.privacy.PrivacyEndpoint;
import soloist.privacy.Suppressions;
import soloist.privacy.Traces;
import soloist.profile.ByHandEndpoint;
import soloist.profile.OwnFieldsEndpoint;
import soloist.profile.ProfileSummaries;
import soloist.profile.ProfilesEndpoint;
import soloist.profile.SamePersonEndpoint;
import soloist.profiling.Profiling;
import soloist.profiling.ProfilingEndpoint;
import soloist.profiling.Repeats;
import soloist.profiling.ReviewsEndpoint;
import soloist.profiling.SurveyEndpoint;
import soloist.profiling.UpkeepEndpoint;
import soloist.segment.Segments;
import soloist.segment.SegmentsEndpoint;
import soloist.store.Store;

/**
 * Everything that is known of people: how it comes in by files, how it is shown and corrected, the
 * groups in it, what profilers learn of it, and how it is forgotten.
 */
record Customers(
    Ground ground,
    Identity identity,
    Ingest ingest,
    Undone undone,
    Suppressions suppressions,
    Backups backups,
    Traces mails,
    CompanySettings company) {

  /**
   * What begins once rows are judged.
   *
   * @param erasure to be resumed
   * @param repeats to be called every second once plugins run
   */
  record Later(Erasure erasure, Repeats repeats) {}

  /** Mounts the routes. */
  Later mount(Routes api) throws IOException {
    Store store = ground.store();
    Jobs jobs = ground.jobs();
    InstantSource clock = ground.clock();
    Names names = ground.names();
    new ImportsEndpoint(
            new Imports(
                ground.config().home(),
                store,
                ground.plugins(),
                identity,
                ingest,
                undone,
                suppressions,
                backups,
                jobs,
                ground.refolds(),
                clock))
        .mount(api);
    new ProfilesEndpoint(store, names::find, names::step, clock).mount(api);
    new OwnFieldsEndpoint(store, ground.definitions(), clock).mount(api);
    new ByHandEndpoint(store, ingest).mount(api);
    new SamePersonEndpoint(store, ground.journal(), clock, names::find).mount(api);
    Supplier<ZoneId> zone = () -> company.now().timeZone();
    new SegmentsEndpoint(store, segments(), new ProfileSummaries(names::find), clock, zone)
        .mount(api);
    Profiling profiling =
        new Profiling(
            store,
            ground.plugins(),
            ground.definitions(),
            ground.publications(),
            ground.journal(),
            ground.refolds(),
            ingest,
            jobs,
            clock);
    new ProfilingEndpoint(profiling, store, new ProfileSummaries(names::find)).mount(api);
    new ReviewsEndpoint(store, new ProfileSummaries(names::find), ingest, jobs, clock).mount(api);
    Repeats repeats = new Repeats(profiling, clock, zone);
    new UpkeepEndpoint(profiling, repeats).mount(api);
    new SurveyEndpoint(profiling, store, clock).mount(api);
    List<Traces> traces = List.of(mails, new UploadTraces(ground.config().home()));
    Erasure erasure = new Erasure(store, traces, suppressions, ground.refolds(), jobs, clock, zone);
    new PrivacyEndpoint(store, traces, erasure, clock).mount(api);
    return new Later(erasure, repeats);
  }

  private Segments segments() {
    return new Segments(
        ground.store(),
        ground.definitions(),
        ground.publications(),
        (reason, publish) -> {
          ground.refolds().offerAll(reason, publish);
          ground.names().forget();
        },
        ground.clock());
  }
}
