package soloist.campaign;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import soloist.http.Json;
import soloist.http.Problem;

/**
 * A campaign that ships almost ready: what is left to the owner are a few answers and the words.
 * <code>{{key}}</code> in it stands for an answer; a step may be there only {@code when} an answer
 * is at least so great.
 */
public final class Recipe {
  private static final List<String> SHIPPED = List.of("welcome", "stay", "win-back", "vip-thanks");

  private final Map<String, Object> document;
  private final List<Answer> answers;

  private Recipe(Map<String, Object> document) {
    this.document = document;
    answers = maps(document, "answers").stream().map(Answer::read).toList();
  }

  /** Those that ship, the most wanted first. */
  public static List<Recipe> shipped() {
    return Holder.RECIPES;
  }

  private static final class Holder {
    static final List<Recipe> RECIPES = SHIPPED.stream().map(Recipe::read).toList();
  }

  public static Optional<Recipe> find(String id) {
    return shipped().stream().filter(recipe -> recipe.id().equals(id)).findFirst();
  }

  public String id() {
    return (String) document.getOrDefault("id", "");
  }

  Map<String, Object> name() {
    return map(document, "name");
  }

  List<Answer> answers() {
    return answers;
  }

  /**
   * The answers, checked and whole: what was not given is as the recipe has it.
   *
   * @throws Problem 400 that names each that is wrong
   */
  Map<String, Object> check(Map<String, Object> given) {
    List<Problem.Detail> faults = new ArrayList<>();
    Set<String> unknown = new LinkedHashSet<>(given.keySet());
    Map<String, Object> checked = new LinkedHashMap<>();
    for (Answer answer : answers) {
      unknown.remove(answer.key());
      checked.put(answer.key(), answer.check(given.get(answer.key()), faults));
    }
    String known = String.join(", ", answers.stream().map(Answer::key).toList());
    unknown.forEach(
        key -> faults.add(new Problem.Detail("/answers/" + key, "unknown-field", List.of(known))));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return checked;
  }

  /** The keys of the answers that are addresses. */
  Set<String> links() {
    return answers.stream()
        .filter(answer -> answer.kind() == Answer.Kind.LINK)
        .map(Answer::key)
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /** The condition of the segment whose members it is for. */
  Map<String, Object> condition(Map<String, Object> given) {
    return Filling.of(given, "").fill(map(map(document, "segment"), "condition"));
  }

  Map<String, Object> segmentName() {
    return map(map(document, "segment"), "name");
  }

  /** Everything of the campaign but what tells it from others: id, version, name and trigger. */
  Map<String, Object> campaign(Map<String, Object> given) {
    Map<String, Object> campaign =
        new LinkedHashMap<>(Filling.of(given, "").fill(map(document, "campaign")));
    List<Map<String, Object>> steps = new ArrayList<>();
    for (Map<String, Object> step : maps(campaign, "steps")) {
      if (isWanted(step.get("when"), given)) {
        Map<String, Object> kept = new LinkedHashMap<>(step);
        kept.remove("when");
        steps.add(kept);
      }
    }
    campaign.put("steps", steps);
    return campaign;
  }

  private static boolean isWanted(@Nullable Object when, Map<String, Object> given) {
    return !(when instanceof Map<?, ?> bounds)
        || bounds.entrySet().stream()
            .allMatch(
                bound ->
                    given.get((String) bound.getKey()) instanceof Integer answer
                        && bound.getValue() instanceof Number least
                        && answer >= least.intValue());
  }

  /** The words of each mail by its id, as they ship. */
  Map<String, Map<String, Object>> words() {
    Map<String, Map<String, Object>> words = new LinkedHashMap<>();
    maps(document, "mails")
        .forEach(mail -> words.put((String) mail.get("id"), map(mail, "languages")));
    return words;
  }

  /** What each mail is called, by its id. */
  Map<String, Map<String, Object>> mailNames() {
    Map<String, Map<String, Object>> names = new LinkedHashMap<>();
    maps(document, "mails").forEach(mail -> names.put((String) mail.get("id"), map(mail, "name")));
    return names;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id());
    json.put("name", name());
    json.put("description", map(document, "description"));
    json.put("answers", answers.stream().map(Answer::toJson).toList());
    return json;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> document, String key) {
    return (Map<String, Object>) document.getOrDefault(key, Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> maps(Map<String, Object> document, String key) {
    return (List<Map<String, Object>>) document.getOrDefault(key, List.of());
  }

  private static Recipe read(String id) {
    try (InputStream in = Recipe.class.getResourceAsStream("/soloist/recipes/" + id + ".json")) {
      if (in == null) {
        throw new IllegalStateException("there is no recipe '" + id + "'");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Recipe(Json.plain(new JsonObject(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
