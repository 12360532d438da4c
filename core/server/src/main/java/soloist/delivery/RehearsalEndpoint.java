package soloist.delivery;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import soloist.campaign.Blueprint;
import soloist.campaign.Campaigns;
import soloist.content.Rendered;
import soloist.content.Renderer;
import soloist.content.Template;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.identity.Identifiers;
import soloist.job.Job;
import soloist.job.Jobs;
import soloist.job.JobsEndpoint;
import soloist.profile.Profile;
import soloist.profile.ProfileDocuments;
import soloist.profile.ProfileSummaries;
import soloist.profile.Roots;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.store.Store;

/** Looking at a campaign before it runs: whom it would reach, and what they would read. */
public final class RehearsalEndpoint {
  private static final String FRAME_POLICY =
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline';"
          + " frame-ancestors 'self'";

  private final Campaigns campaigns;
  private final Rehearsal rehearsal;
  private final Renderer renderer;
  private final Deliveries deliveries;
  private final Store store;
  private final Jobs jobs;
  private final InstantSource clock;

  /**
   * @param deliveries by which test mails go out
   */
  public RehearsalEndpoint(
      Campaigns campaigns,
      Rehearsal rehearsal,
      Renderer renderer,
      Deliveries deliveries,
      Store store,
      Jobs jobs,
      InstantSource clock) {
    this.campaigns = campaigns;
    this.rehearsal = rehearsal;
    this.renderer = renderer;
    this.deliveries = deliveries;
    this.store = store;
    this.jobs = jobs;
    this.clock = clock;
  }

  public void mount(Routes api) {
    api.post("/api/v1/campaigns/:id/rehearse", Permission.MARKETING_WRITE, this::rehearse);
    api.get("/api/v1/campaigns/:id/mails/:mail/preview", Permission.CUSTOMERS_READ, this::preview);
    api.get("/api/v1/campaigns/:id/mails/:mail/html", Permission.CUSTOMERS_READ, this::html);
    api.post("/api/v1/campaigns/:id/mails/:mail/test", Permission.MARKETING_WRITE, this::test);
  }

  private Reply rehearse(Request request) {
    Blueprint blueprint = campaigns.blueprint(request.path("id"));
    return JobsEndpoint.accepted(
        jobs.start(Job.REHEARSAL, progress -> rehearsal.run(blueprint, progress)));
  }

  private Reply preview(Request request) {
    Rendered rendered = rendered(request);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("subject", rendered.subject());
    told.put("text", rendered.text());
    told.put("language", rendered.language());
    told.put("reader", reader(request).map(ProfileSummaries::name).orElse(null));
    return Reply.json(told);
  }

  /** For a sandboxed frame: no script runs and nothing is fetched. */
  private Reply html(Request request) {
    return Reply.html(200, rendered(request).html()).with("Content-Security-Policy", FRAME_POLICY);
  }

  private Rendered rendered(Request request) {
    Template template =
        Optional.ofNullable(
                campaigns.blueprint(request.path("id")).templates().get(request.path("mail")))
            .orElseThrow(Problem::notFound);
    Optional<Profile> reader = reader(request);
    String language = request.query("language").or(() -> reader.map(Renderer::language)).orElse("");
    Instant now = clock.instant();
    return renderer.preview(
        template, language, reader.map(person -> Renderer.fields(person, now)).orElse(Map.of()));
  }

  /** The person whom the preview is for; nobody without one. */
  private Optional<Profile> reader(Request request) {
    return request
        .query("profile")
        .map(
            id -> Roots.find(store, id).map(ProfileDocuments::read).orElseThrow(Problem::notFound));
  }

  private Reply test(Request request) {
    JsonObject body = request.json();
    String to =
        body.getValue("to") instanceof String given
            ? Identifiers.normalise(Identifiers.EMAIL, given)
                .orElseThrow(() -> Problem.invalid("/to", "identifier-email"))
            : "";
    if (to.isEmpty()) {
      throw Problem.invalid("/to", "identifier-email");
    }
    Rendered rendered = rendered(request);
    Outcome outcome =
        deliveries.send(
            new Message(
                "test." + UUID.randomUUID().toString().replace("-", ""),
                to,
                rendered.subject(),
                rendered.html(),
                rendered.text(),
                rendered.language(),
                null));
    return Reply.json(
        switch (outcome) {
          case Outcome.Accepted _ -> Map.of("ok", true, "message", "");
          case Outcome.Later later -> Map.of("ok", false, "message", later.reason());
          case Outcome.Refused refused ->
              Map.of("ok", false, "message", refused.code() + " " + refused.reason());
          case Outcome.Uncertain uncertain -> Map.of("ok", false, "message", uncertain.reason());
        });
  }
}
