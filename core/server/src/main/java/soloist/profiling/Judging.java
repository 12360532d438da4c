package soloist.profiling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import soloist.plugin.PluginFault;
import soloist.spi.Profiler;
import soloist.spi.Profiler.Outcome;
import soloist.spi.Table;
import soloist.store.Store;

/** Holds a new model against what came, against the one that stands, and against fairness. */
final class Judging {
  private static final int BATCH = 1_000;

  private final Store store;
  private final Models models;
  private final Foretold foretold;

  Judging(Store store, Models models) {
    this.store = store;
    this.models = models;
    foretold = new Foretold(store);
  }

  /** What a model would have said, and what came of it; notes all that follows from it alone. */
  List<Outcome> judge(Profiler profiler, Model model, Table table, Profiler.Run run) {
    List<Outcome> outcomes = profiler.outcomes(model.learnt(), table, run);
    if (!outcomes.isEmpty()) {
      models.note(model.id(), "loss", Verdict.loss(outcomes).toJson());
      models.note(model.id(), "fairness", fairness(outcomes, table));
      models.note(model.id(), "cells", foretold.keep(model.id(), outcomes, table.people()));
    }
    return outcomes;
  }

  private Map<String, Object> fairness(List<Outcome> outcomes, Table table) {
    Map<String, Document> traits = new HashMap<>();
    for (int from = 0; from < outcomes.size(); from += BATCH) {
      List<String> people = new ArrayList<>();
      outcomes
          .subList(from, Math.min(from + BATCH, outcomes.size()))
          .forEach(each -> people.add(table.people().get(each.row())));
      traits.putAll(People.traits(store, people));
    }
    return Fairness.of(
        outcomes, each -> traits.getOrDefault(table.people().get(each.row()), new Document()));
  }

  /** Whether it may take the place of the one that stands. */
  Verdict against(
      Profiler profiler,
      Model standing,
      Model model,
      List<Outcome> outcomes,
      Table table,
      Profiler.Run run,
      boolean asksAlways) {
    if (!standing.revision().equals(model.revision())) {
      return Verdict.asks(Verdict.Reason.SETTINGS, standing.id());
    }
    try {
      List<Outcome> before = profiler.outcomes(standing.learnt(), table, run);
      return Verdict.between(standing.id(), before, outcomes, asksAlways);
    } catch (PluginFault e) {
      System.getLogger(Judging.class.getName())
          .log(System.Logger.Level.INFO, "the model that stands cannot be judged", e);
      return Verdict.asks(Verdict.Reason.UNREADABLE, standing.id());
    }
  }

  Foretold foretold() {
    return foretold;
  }
}
