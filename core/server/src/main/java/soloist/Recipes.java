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
import java.util.function.Function;
import java.util.stream.Stream;
import soloist.content.Template;
import soloist.http.Json;
import soloist.lane.Publications;
import soloist.profile.Refolds;
import soloist.rules.campaign.Campaign;
import soloist.rules.campaign.CampaignDocuments;
import soloist.rules.condition.Segment;
import soloist.rules.condition.SegmentDocuments;
import soloist.store.Definitions;

/** Publishes what a recipe defines. Publishing again changes nothing. */
final class Recipes {
  private final Definitions definitions;
  private final Publications publications;
  private final Refolds refolds;

  Recipes(Definitions definitions, Publications publications, Refolds refolds) {
    this.definitions = definitions;
    this.publications = publications;
    this.refolds = refolds;
  }

  /** Publishes it; when something of it is new, everybody is asked again. */
  void publish(String recipe, Instant now) {
    publish(recipe, read(recipe), now);
  }

  /** The same for a recipe of the owner's. */
  void publish(String name, JsonObject document, Instant now) {
    if (isKnown(document)) {
      // What a crash has left out is added; who is to be asked was noted before it.
      publish(document, now);
    } else {
      refolds.offerAll("recipe:" + name, () -> publish(document, now));
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
    return document.getJsonArray(kind, new JsonArray()).stream()
        .map(each -> Json.plain((JsonObject) each));
  }

  private void publish(JsonObject document, Instant now) {
    List<Publications.Change> changes = new ArrayList<>();
    // What a campaign needs counts before it does.
    publish(
        Definitions.TEMPLATE,
        document.getJsonArray("templates", new JsonArray()),
        body -> Version.of(Template.read(body)),
        changes);
    publish(
        Definitions.SEGMENT,
        document.getJsonArray("segments", new JsonArray()),
        body -> Version.of(SegmentDocuments.read(body)),
        changes);
    publish(
        Definitions.CAMPAIGN,
        document.getJsonArray("campaigns", new JsonArray()),
        body -> Version.of(CampaignDocuments.read(body)),
        changes);
    publications.publish(changes, now);
  }

  private void publish(
      String kind,
      JsonArray documents,
      Function<Map<String, Object>, Version> read,
      List<Publications.Change> changes) {
    for (Object each : documents) {
      Map<String, Object> body = Json.plain((JsonObject) each);
      Version version = read.apply(body);
      definitions.save(kind, version.id(), version.number(), body);
      changes.add(Publications.Change.of(kind, version.id(), version.number()));
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
