package soloist;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import soloist.content.Template;
import soloist.http.Json;
import soloist.lane.Journal;
import soloist.lane.Partitions;
import soloist.lane.Row;
import soloist.profile.Refolds;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.store.Definitions;

/**
 * Publishes what a recipe defines: each version is stored, then a control row in every partition
 * says from which row on it counts. Publishing again changes nothing.
 */
final class Recipes {
  private final Definitions definitions;
  private final Journal journal;
  private final Refolds refolds;

  Recipes(Definitions definitions, Journal journal, Refolds refolds) {
    this.definitions = definitions;
    this.journal = journal;
    this.refolds = refolds;
  }

  /** Publishes it; when something of it is new, everybody is asked again. */
  void publish(String recipe, Instant now) {
    JsonObject document = read(recipe);
    if (isKnown(document)) {
      // What a crash has left out is added; who is to be asked was noted before it.
      publish(document, now);
    } else {
      refolds.offerAll("recipe:" + recipe, () -> publish(document, now));
    }
  }

  private boolean isKnown(JsonObject document) {
    return all(document, "segments")
            .map(body -> SegmentDocuments.read(body))
            .allMatch(
                segment -> definitions.exists(Definitions.SEGMENT, segment.id(), segment.version()))
        && all(document, "campaigns")
            .map(body -> CampaignDocuments.read(body))
            .allMatch(
                campaign ->
                    definitions.exists(Definitions.CAMPAIGN, campaign.id(), campaign.version()));
  }

  private static Stream<Map<String, Object>> all(JsonObject document, String kind) {
    return document.getJsonArray(kind).stream().map(each -> Json.plain((JsonObject) each));
  }

  private void publish(JsonObject document, Instant now) {
    List<CompletableFuture<Boolean>> rows = new ArrayList<>();
    // What a campaign needs counts before it does.
    publish(
        Definitions.TEMPLATE,
        document.getJsonArray("templates"),
        body -> Version.of(Template.read(body)),
        now,
        rows);
    publish(
        Definitions.SEGMENT,
        document.getJsonArray("segments"),
        body -> Version.of(SegmentDocuments.read(body)),
        now,
        rows);
    publish(
        Definitions.CAMPAIGN,
        document.getJsonArray("campaigns"),
        body -> Version.of(CampaignDocuments.read(body)),
        now,
        rows);
    rows.forEach(CompletableFuture::join);
  }

  private void publish(
      String kind,
      JsonArray documents,
      Function<Map<String, Object>, Version> read,
      Instant now,
      List<CompletableFuture<Boolean>> rows) {
    for (Object each : documents) {
      Map<String, Object> body = Json.plain((JsonObject) each);
      Version version = read.apply(body);
      definitions.save(kind, version.id(), version.number(), body);
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        String row =
            "publish:" + kind + ":" + version.id() + "@" + version.number() + ":" + partition;
        Map<String, Object> properties =
            Map.of("kind", kind, "id", version.id(), "version", (long) version.number());
        rows.add(journal.append(Row.control(row, partition, now, properties)));
      }
    }
  }

  private record Version(String id, int number) {
    static Version of(Template template) {
      return new Version(template.id(), template.version());
    }

    static Version of(Segment segment) {
      return new Version(segment.id(), segment.version());
    }

    static Version of(Campaign campaign) {
      return new Version(campaign.id(), campaign.version());
    }
  }

  private static JsonObject read(String recipe) {
    try (InputStream in =
        Recipes.class.getResourceAsStream("/soloist/recipes/" + recipe + ".json")) {
      if (in == null) {
        throw new IllegalStateException("there is no recipe '" + recipe + "'");
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
