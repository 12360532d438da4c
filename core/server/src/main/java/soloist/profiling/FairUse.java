package soloist.profiling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import soloist.campaign.Basis;
import soloist.http.Problem;
import soloist.profile.OwnFields;
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

  /**
   * What a campaign goes by that a model nobody has looked at says: a segment that stands on it, or
   * a trait that it has written.
   */
  public Optional<Problem.Detail> unseen(Basis asked) {
    // What a model has written is gone by as well where the owner has made a number of it.
    Basis basis = new Basis(asked.segments(), OwnFields.of(store).behind(asked.traits()));
    return store.models().distinct("instance", String.class).into(new ArrayList<>()).stream()
        .flatMap(instance -> standing(instance).stream())
        .filter(FairUse::isUnseen)
        .flatMap(model -> said(model, basis))
        .findFirst();
  }

  private static Stream<Problem.Detail> said(Model model, Basis basis) {
    Stream<Problem.Detail> segments =
        model.segments().stream()
            .map(Standing::id)
            .filter(basis.segments()::contains)
            .map(id -> new Problem.Detail("", "campaign-unfair", List.of(id)));
    Stream<Problem.Detail> traits =
        model.traits().stream()
            .filter(basis.traits()::contains)
            .map(key -> new Problem.Detail("", "campaign-unfair-trait", List.of(key)));
    return Stream.concat(segments, traits);
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
