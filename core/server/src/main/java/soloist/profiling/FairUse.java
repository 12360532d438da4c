package soloist.profiling;

import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import soloist.store.Store;

/**
 * Whether a campaign may go by what models say: one that chooses a group of people less than four
 * fifths as often as another has to have been looked at first.
 */
public final class FairUse {
  private final Store store;
  private final Models models;
  private final Upkeeps upkeeps;

  public FairUse(Store store) {
    this.store = store;
    models = new Models(store);
    upkeeps = new Upkeeps(store);
  }

  /** The first of some segments that stands on a model nobody has looked at. */
  public Optional<String> unseen(Set<String> segments) {
    return store.models().distinct("instance", String.class).into(new ArrayList<>()).stream()
        .flatMap(instance -> standing(instance).stream())
        .filter(FairUse::isUnseen)
        .flatMap(model -> model.segments().stream().map(Standing::id))
        .filter(segments::contains)
        .findFirst();
  }

  private Optional<Model> standing(String instance) {
    return Optional.ofNullable(upkeeps.find(instance).standing()).flatMap(models::find);
  }

  private static boolean isUnseen(Model model) {
    return model.judged().get("fairness") instanceof Map<?, ?> fairness
        && Objects.equals(fairness.get("state"), "low")
        && !Boolean.TRUE.equals(fairness.get("seen"));
  }
}
