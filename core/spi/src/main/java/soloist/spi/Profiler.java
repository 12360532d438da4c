package soloist.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Learns from people and writes traits. The platform creates one object for each run, calls {@link
 * #open} once and then the others, one call at a time, on a thread of its own. The same table,
 * settings and seed give the same model and the same traits.
 */
public interface Profiler extends ExtensionPoint, AutoCloseable {

  /**
   * Takes the settings of this instance.
   *
   * @throws IllegalArgumentException when a value cannot work; the message says which key and how
   *     to mend it
   */
  void open(Settings settings);

  /** The columns it needs, asked after {@link #open}. */
  List<Wanted> wanted();

  /**
   * Learns from a table.
   *
   * @throws Refused when the table does not allow an answer, with what is missing
   */
  Model fit(Table table, Run run) throws Refused;

  /**
   * Tells of everybody in a table what the model says; people it can say nothing of are left out.
   */
  void predict(Model model, Table table, Run run, Predictions to);

  /**
   * Segments that stand on the traits it writes of a model; the owner may copy and change them.
   * Their conditions are as in the platform's API.
   */
  default List<StandingSegment> segments(Model model) {
    return List.of();
  }

  /**
   * What it makes of a table before it learns, a number or a text a person: by these the owner is
   * told how people have changed since. Without a word of its own the table's numbers and texts.
   */
  default List<Input> inputs(Table table) {
    return table.columns().stream()
        .filter(column -> column instanceof Table.Numbers || column instanceof Table.Texts)
        .map(column -> new Input(new Text(column.key(), column.key()), column))
        .toList();
  }

  /**
   * What a model would have said some time ago, and what came of it until the table's now. Asked of
   * each new model and of the one that stands, with the same table, so that both are held against
   * the same people. Empty where nothing comes by which a model could be judged.
   */
  default List<Outcome> outcomes(Model model, Table table, Run run) {
    return List.of();
  }

  /**
   * What groups of people are worth together by a model, such as the members of a segment. Asked
   * after {@link #predict}, of groups that may overlap. A group nobody of which is worth anything
   * known is left out; all are, by a profiler that says nothing of worth.
   *
   * @param groups rows of the table, rising
   */
  default List<Total> totals(Model model, Table table, Run run, List<int[]> groups) {
    return List.of();
  }

  /** Gives back what it holds. Called once. */
  @Override
  default void close() {}

  /**
   * One thing that a profiler goes by.
   *
   * @param column {@link Table.Numbers} or {@link Table.Texts}, of those people whom it concerns
   */
  record Input(Text name, Table.Column column) {
    public Input {
      requireNonNull(name);
      requireNonNull(column);
    }
  }

  /**
   * What was said of one person and what came.
   *
   * @param row of the table
   * @param chance that was stated, 0 to 1
   * @param chosen whether the person would have been named: would be in the first of the segments
   * @param came whether it happened
   * @param unseen whether no model of this profiler ever learns from this person
   */
  record Outcome(int row, double chance, boolean chosen, boolean came, boolean unseen) {
    public Outcome {
      if (!(chance >= 0 && chance <= 1)) {
        throw new IllegalArgumentException("a chance is 0 to 1, not " + chance);
      }
    }
  }

  /**
   * What the people of a group are worth together. What is not known of all of them at once makes
   * its interval, which those of each person do not add up to.
   *
   * @param group its place among those that were asked for
   * @param people of whom something is known
   * @param low and {@code high} hold the sum with 80 %
   * @param unit what is summed, such as the currency and the time ahead
   */
  record Total(int group, int people, double sum, double low, double high, Text unit) {
    public Total {
      requireNonNull(unit);
      if (people < 1 || !(low <= sum && sum <= high)) {
        throw new IllegalArgumentException(
            people + " people, " + sum + " in " + low + " to " + high);
      }
    }
  }

  /** A column: by the key of a trait, or everything of one type that happened. */
  record Wanted(String key, Type type) {
    /** How the column comes. */
    public enum Type {
      NUMBER,
      TIME,
      TEXT,

      /** The key is an event type, such as {@code order}; the column is {@link Table.Events}. */
      EVENTS
    }
  }

  /**
   * A segment that comes with the profiler.
   *
   * @param id lower-case letters, digits and hyphens, unique within the plugin
   * @param condition JSON, as the platform's API takes it
   */
  record StandingSegment(String id, Text name, Text description, String condition) {}

  /** Where progress goes and where randomness comes from. */
  interface Run {
    /** Seeds every random choice. */
    long seed();

    /**
     * Tells how far it is; at least every few seconds.
     *
     * @return false when the run was cancelled: return soon, the result is thrown away
     */
    boolean progress(double part);
  }

  /** Takes what is said of people. */
  interface Predictions {
    /**
     * Takes the traits of one row of the table.
     *
     * @param traits each with its value and the facts behind it
     */
    void accept(int row, List<Prediction> traits);
  }

  /**
   * One trait of one person.
   *
   * @param value String, BigDecimal, Boolean or Instant
   * @param evidence which facts led to it
   */
  record Prediction(String key, Object value, Text evidence) {
    public Prediction {
      requireNonNull(key);
      requireNonNull(value);
      requireNonNull(evidence);
    }
  }

  /**
   * What was learnt.
   *
   * @param bytes in the profiler's own form; kept and handed back to {@link #predict}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Model(byte[] bytes, Card card) {
    public Model {
      requireNonNull(bytes);
      requireNonNull(card);
    }
  }

  /**
   * What the owner is told of a model.
   *
   * @param people how many it has seen
   * @param measures how well it does
   * @param limits what it cannot say yet, and how many more customers that takes
   * @param method what its method is good at, where it is weak, and what was done against that
   * @param figures in the order in which they are shown
   */
  record Card(
      int people,
      List<Measure> measures,
      List<Text> limits,
      List<Text> method,
      List<Figure> figures) {
    public Card {
      measures = List.copyOf(measures);
      limits = List.copyOf(limits);
      method = List.copyOf(method);
      figures = List.copyOf(figures);
    }

    public Card(int people, List<Measure> measures, List<Text> limits) {
      this(people, measures, limits, List.of(), List.of());
    }
  }

  /**
   * One number about a model, with its interval and what a plain baseline reaches. Bounds that are
   * not known are NaN.
   *
   * @param better which way is better than the baseline; the owner is told so only where the whole
   *     interval lies that way
   */
  record Measure(Text name, double value, double low, double high, double baseline, Better better) {
    public Measure {
      requireNonNull(better);
    }

    public Measure(Text name, double value, double low, double high, double baseline) {
      this(name, value, low, high, baseline, Better.NEITHER);
    }
  }

  /** Which way a measure is better. */
  enum Better {
    /** As of a share that was foretold right. */
    MORE,
    /** As of an error. */
    LESS,
    /** The baseline is only something to hold beside it. */
    NEITHER
  }

  /** The data do not allow an answer. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Text reason;

    public Refused(Text reason) {
      super(reason.en());
      this.reason = reason;
    }

    /** What is missing, with a number. */
    public Text reason() {
      return reason;
    }
  }
}
