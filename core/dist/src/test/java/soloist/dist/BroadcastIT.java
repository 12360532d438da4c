package soloist.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soloist.testkit.Delivered;

/** One mail to everybody in a segment, once each, whatever happens in between. */
class BroadcastIT {
  private static final int MEMBERS = 500;
  private static final String SEGMENT = "recent-buyers";

  @TempDir Path folder;

  @Test
  void everyMemberGetsItOnceWhateverHappensInBetween() throws Exception {
    try (Line line = Line.open(folder)) {
      members(line);
      OwnCampaign news = OwnCampaign.broadcast(line, SEGMENT);
      news.write("News for all");
      JsonObject rehearsed = news.rehearse();
      assertEquals(MEMBERS, rehearsed.getJsonObject("members").getInteger("count"));
      assertEquals(MEMBERS, rehearsed.getJsonObject("written").getInteger("count"));

      takeBack(line, news);
      news.act("release", release(1));
      line.restart();
      assertEquals("released", news.state());
      line.advance(Duration.ofMinutes(1));
      Line.until("some of it", () -> news.told().getJsonArray("walks").size() == 1);
      line.stop();
      // As if the process had ended after rows were journalled and before that was noted.
      long offered = offers(line, news);
      line.stored("campaigns")
          .updateOne(
              new Document("_id", news.id()),
              new Document(
                  "$set",
                  new Document("walks.offer@1.after", "")
                      .append("walks.offer@1.ended", false)
                      .append("state", "ACTIVE")));
      line.go();
      Customer passer = line.customer("passer");
      passer.agrees("in-between");
      news.awaitWalks();
      line.settle();

      assertEquals("done", news.state());
      List<String> recipients = recipients(line);
      assertEquals(MEMBERS, recipients.size());
      assertEquals(MEMBERS, recipients.stream().distinct().count());
      assertEquals(MEMBERS, offers(line, news), "offered before: " + offered);
      assertEquals(1, passer.happened("consent"));
      assertEquals(MEMBERS, news.results(1).getJsonObject("sent").getInteger("count"));

      stopped(line);
    }
  }

  /** Within the window nothing leaves and it can be edited again. */
  private static void takeBack(Line line, OwnCampaign news) {
    assertEquals(
        409, line.ask(news.path() + "/release", new JsonObject().put("confirm", 1)).statusCode());
    assertEquals(400, line.ask(news.path() + "/release", release(0)).statusCode());
    JsonObject released = news.act("release", release(10));
    assertEquals(
        line.clock.instant().plus(Duration.ofMinutes(10)),
        Instant.parse(released.getString("releaseAt")));
    line.advance(Duration.ofMinutes(9));
    assertEquals("draft", news.act("cancel").getString("state"));
    line.advance(Duration.ofMinutes(9));
    assertEquals(0, recipients(line).size());
  }

  /** What a stopped broadcast has queued is held, with its reason. */
  private static void stopped(Line line) {
    OwnCampaign second = OwnCampaign.broadcast(line, SEGMENT);
    second.write("Second news");
    line.relayGoes();
    second.act("release", new JsonObject().put("minutes", 1).put("confirm", MEMBERS));
    line.advance(Duration.ofMinutes(1));
    second.awaitWalks();
    Line.until("the queue", () -> queued(line, second) == MEMBERS);

    second.act("end");
    line.relayComes();
    line.advance(Duration.ofHours(1));
    line.settle();

    assertEquals("ended", second.state());
    assertEquals(List.of("campaign-ended"), reasons(second));
    assertEquals(MEMBERS, second.results(1).getJsonObject("held").getInteger("count"));
    assertTrue(
        line.ledger().entries().stream().noneMatch(it -> it.subject().equals("Second news")));
  }

  private static long queued(Line line, OwnCampaign campaign) {
    return line.stored("outbox").countDocuments(new Document("campaign", campaign.id()));
  }

  private static List<String> reasons(OwnCampaign campaign) {
    JsonArray reasons = campaign.results(1).getJsonObject("held").getJsonArray("reasons");
    return Line.objects(reasons).stream().map(reason -> reason.getString("reason")).toList();
  }

  private static long offers(Line line, OwnCampaign campaign) {
    return line.stored("events")
        .countDocuments(
            new Document("type", "campaign.offered").append("properties.campaign", campaign.id()));
  }

  private static List<String> recipients(Line line) {
    return line.ledger().entries().stream()
        .filter(mail -> mail.subject().equals("News for all"))
        .map(Delivered::recipient)
        .toList();
  }

  private static JsonObject release(int minutes) {
    return new JsonObject().put("minutes", minutes).put("confirm", MEMBERS);
  }

  /** They ordered two days ago, so the campaign that ships has nothing to say to them. */
  private static void members(Line line) throws InterruptedException, ExecutionException {
    String time = line.clock.instant().minus(Duration.ofDays(2)).toString();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> told = new ArrayList<>();
      IntStream.range(0, MEMBERS)
          .mapToObj(i -> line.customer("member" + i))
          .forEach(
              member ->
                  told.add(
                      threads.submit(
                          () -> {
                            member.agrees("consent");
                            line.tell(member.order("order", "20.00").put("time", time));
                          })));
      for (Future<?> each : told) {
        each.get();
      }
    }
    line.settle();
  }
}
