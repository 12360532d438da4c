package soloist;

import java.time.InstantSource;
import soloist.analytics.ResultsEndpoint;
import soloist.bus.Bus;
import soloist.campaign.Audience;
import soloist.campaign.Campaigns;
import soloist.campaign.CampaignsEndpoint;
import soloist.campaign.Waves;
import soloist.campaign.WavesEndpoint;
import soloist.config.CompanySettings;
import soloist.content.Renderer;
import soloist.content.Templates;
import soloist.delivery.CaughtMails;
import soloist.delivery.DecisionsEndpoint;
import soloist.delivery.Deliveries;
import soloist.delivery.Gates;
import soloist.delivery.MailsEndpoint;
import soloist.delivery.Means;
import soloist.delivery.MessagesEndpoint;
import soloist.delivery.PublicUrl;
import soloist.delivery.Rehearsal;
import soloist.delivery.RehearsalEndpoint;
import soloist.delivery.SendingEndpoint;
import soloist.delivery.SendingHold;
import soloist.http.Routes;
import soloist.privacy.Suppressions;
import soloist.profiling.FairUse;
import soloist.rules.judge.DroolsJudge;
import soloist.security.Links;
import soloist.store.Store;
import soloist.tracking.Responses;
import soloist.tracking.TrackingEndpoint;
import soloist.tracking.UnsubscribePage;

/**
 * Everything that reaches people: campaigns and who is meant by them, what holds a message back,
 * how it leaves, and what comes back of it.
 */
record Sending(
    Ground ground,
    Suppressions suppressions,
    Responses responses,
    Links links,
    PublicUrl publicUrl,
    CompanySettings company,
    CaughtMails caught,
    SendingHold hold,
    Bus bus,
    Controls controls) {

  /**
   * What begins once rows are judged.
   *
   * @param campaigns to be called every second
   * @param waves to be called every second
   */
  record Later(Campaigns campaigns, Waves waves, Deliveries deliveries) {}

  /** Mounts the routes: for those who sign in, and for those who were written to. */
  Later mount(Routes api, Routes open) {
    Store store = ground.store();
    InstantSource clock = ground.clock();
    Names names = ground.names();
    Campaigns campaigns =
        new Campaigns(
            store,
            ground.definitions(),
            ground.journal(),
            ground.publications(),
            ground.refolds(),
            ground.jobs(),
            clock,
            new FairUse(store)::unseen);
    new CampaignsEndpoint(campaigns).mount(api);
    Waves waves = new Waves(store, ground.definitions(), ground.journal(), ground.jobs(), clock);
    new WavesEndpoint(waves, names::find).mount(api);
    new ResultsEndpoint(store, clock).mount(api);
    new MessagesEndpoint(store, names::find).mount(api);
    new MailsEndpoint(caught).mount(api);
    new SendingEndpoint(hold).mount(api);
    Renderer renderer = new Renderer(links, company::now);
    Gates gates = new Gates(store, suppressions, campaigns::standing);
    Deliveries deliveries =
        new Deliveries(
            ground.plugins(),
            new Means(
                store,
                new Templates(ground.definitions()),
                renderer,
                links,
                suppressions,
                gates,
                hold,
                publicUrl,
                clock,
                bus,
                controls.delivery(),
                controls.deliveries()));
    new TrackingEndpoint(
            links,
            responses,
            new UnsubscribePage(
                () -> company.now().sender(),
                () -> deliveries.sender().orElse(ground.config().senderEmail())))
        .mount(open);
    new DecisionsEndpoint(store, names::find, deliveries).mount(api);
    Rehearsal rehearsal =
        new Rehearsal(
            new Audience(store),
            gates,
            rules -> new Pipeline(_ -> rules, () -> company.now().timeZone()),
            DroolsJudge::new,
            clock);
    new RehearsalEndpoint(campaigns, rehearsal, renderer, deliveries, store, ground.jobs(), clock)
        .mount(api);
    campaigns.open();
    return new Later(campaigns, waves, deliveries);
  }
}
