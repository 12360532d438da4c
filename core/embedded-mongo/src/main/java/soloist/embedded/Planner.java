package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to find documents: by {@code _id} first, then by the index whose fields the query
 * holds equal furthest, then by one with a range, then by one that gives the order. Every plan
 * finds at least what matches; what else it finds is filtered.
 */
final class Planner {
  /** More combinations of values than this are not worth looking up one by one. */
  private static final int MOST_RANGES = 100_000;

  private static final List<IndexSpec.Field> ID =
      List.of(new IndexSpec.Field(new FieldPath("_id"), true));

  private final Filter filter;
  private final Document sort;

  private Planner(Filter filter, @Nullable Document sort) {
    this.filter = filter;
    this.sort = sort == null ? new Document() : sort;
  }

  static Plan plan(Filter filter, @Nullable Document sort, Collection<StoredIndex> indexes) {
    return new Planner(filter, sort).choose(indexes);
  }

  private record Candidate(Plan plan, int score) {}

  private Plan choose(Collection<StoredIndex> indexes) {
    if (sort.containsKey("$natural")) {
      boolean reverse = sort.get("$natural") instanceof Number way && way.doubleValue() < 0;
      return new Plan(null, List.of(Plan.KeyRange.ALL), reverse, true, filter.isEmpty());
    }
    Candidate best = candidate(null, ID, false);
    for (StoredIndex index : indexes) {
      IndexSpec spec = index.spec();
      if (spec.ready()) {
        Candidate candidate = candidate(index, spec.fields(), spec.multikey());
        if (candidate != null && (best == null || candidate.score > best.score)) {
          best = candidate;
        }
      }
    }
    return best != null
        ? best.plan
        : new Plan(null, List.of(Plan.KeyRange.ALL), false, sort.isEmpty(), filter.isEmpty());
  }

  private @Nullable Candidate candidate(
      @Nullable StoredIndex index, List<IndexSpec.Field> fields, boolean multikey) {
    List<byte[]> prefixes = List.of(new byte[0]);
    Set<Clause> consumed = Collections.newSetFromMap(new IdentityHashMap<>());
    var heads = new HashSet<String>();
    var single = new ArrayList<Boolean>();
    boolean present = index == null || !index.spec().sparse();
    boolean hasNull = false;
    int equal = 0;
    List<Plan.KeyRange> ranges = null;
    for (IndexSpec.Field field : fields) {
      if (multikey && !heads.add(field.path().first())) {
        break;
      }
      Points points = points(field.path());
      if (points == null || (long) points.keys.size() * prefixes.size() > MOST_RANGES) {
        Interval interval = interval(field.path(), multikey);
        if (interval != null) {
          ranges = interval.ranges(prefixes, field.ascending());
          consumed.addAll(interval.from);
          present = true;
        }
        break;
      }
      boolean first = equal == 0 && field.ascending();
      prefixes = first ? points.keys : joined(prefixes, points.keys, field.ascending());
      consumed.add(points.from);
      present |= !points.hasNull;
      hasNull |= points.hasNull;
      single.add(points.keys.size() == 1);
      equal++;
    }
    boolean bounded = equal > 0 || ranges != null;
    Boolean reverse = multikey ? null : direction(fields, single);
    boolean ordered = sort.isEmpty() || reverse != null;
    if (!present || (!bounded && (sort.isEmpty() || !ordered))) {
      return null;
    }
    int score = 10 * equal + (ranges != null ? 5 : 0) + (!sort.isEmpty() && ordered ? 3 : 0);
    if (index == null) {
      score += equal > 0 ? 10_000 : 1;
    } else if (index.spec().unique() && equal == fields.size()) {
      score += 1_000;
    }
    if (ranges == null) {
      ranges = prefixes.stream().map(Plan.KeyRange::prefix).toList();
    }
    // In an index over arrays a document has one entry for each of its items.
    boolean once = !multikey || (equal == fields.size() && ranges.size() == 1 && !hasNull);
    boolean exact = once && consumed.size() == filter.clauses().size();
    return new Candidate(
        new Plan(index, ranges, reverse != null && reverse, ordered, exact), score);
  }

  /**
   * Whether reading the index gives the order asked for, and if so whether backwards; null if not.
   * Fields held equal to one value may stand anywhere; {@code _id} comes after all others.
   */
  private @Nullable Boolean direction(List<IndexSpec.Field> fields, List<Boolean> single) {
    Boolean reverse = null;
    int at = 0;
    for (String wanted : sort.keySet()) {
      boolean ascending = ascending(sort, wanted);
      if (isFixed(wanted, fields, single)) {
        continue;
      }
      while (at < single.size() && single.get(at)) {
        at++;
      }
      boolean indexAscending;
      if (at < fields.size() && fields.get(at).path().dotted().equals(wanted)) {
        indexAscending = fields.get(at).ascending();
        at++;
      } else if (at >= fields.size() && wanted.equals("_id")) {
        indexAscending = true;
      } else {
        return null;
      }
      boolean backwards = ascending != indexAscending;
      if (reverse != null && reverse != backwards) {
        return null;
      }
      reverse = backwards;
    }
    return reverse == null ? Boolean.FALSE : reverse;
  }

  private static boolean isFixed(
      String wanted, List<IndexSpec.Field> fields, List<Boolean> single) {
    for (int i = 0; i < single.size(); i++) {
      if (single.get(i) && fields.get(i).path().dotted().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  static boolean ascending(Document sort, String field) {
    if (!(sort.get(field) instanceof Number way) || way.doubleValue() == 0) {
      throw Refusal.of(15974, "Location15974", "Illegal key in $sort specification: " + field);
    }
    return way.doubleValue() > 0;
  }

  /** The values a field must have one of. */
  private record Points(List<byte[]> keys, boolean hasNull, Clause from) {}

  private @Nullable Points points(FieldPath path) {
    Points points = null;
    for (Clause clause : filter.clauses()) {
      switch (clause) {
        case Clause.Equal equal
            when equal.path().dotted().equals(path.dotted()) && equal.tag() != KeyBytes.ARRAY -> {
          return new Points(List.of(equal.key()), equal.tag() == KeyBytes.NULL, equal);
        }
        case Clause.OneOf oneOf
            when oneOf.path().dotted().equals(path.dotted()) && !oneOf.arrays() -> {
          boolean hasNull = oneOf.keys().stream().anyMatch(key -> key[0] == KeyBytes.NULL);
          points = new Points(oneOf.keys(), hasNull, oneOf);
        }
        default -> {}
      }
    }
    return points;
  }

  private static List<byte[]> joined(List<byte[]> prefixes, List<byte[]> keys, boolean ascending) {
    var all = new ArrayList<byte[]>(prefixes.size() * keys.size());
    for (byte[] prefix : prefixes) {
      for (byte[] key : keys) {
        all.add(KeyBytes.join(prefix, ascending ? key : KeyBytes.flipped(key)));
      }
    }
    return KeyBytes.sorted(all);
  }

  /** The stretch of one type that a field must lie in. */
  private static final class Interval {
    private final Set<Clause> from = new HashSet<>();
    private byte[] low;
    private byte[] high;
    private boolean lowIn = true;
    private boolean highIn = true;

    Interval(int tag) {
      low = tag == KeyBytes.NUMBER ? Clause.LEAST_NUMBER : new byte[] {(byte) tag};
      high = new byte[] {(byte) tag};
    }

    List<Plan.KeyRange> ranges(List<byte[]> prefixes, boolean ascending) {
      var ranges = new ArrayList<Plan.KeyRange>();
      for (byte[] prefix : prefixes) {
        byte[] first = KeyBytes.join(prefix, ascending ? low : KeyBytes.flipped(high));
        byte[] last = KeyBytes.join(prefix, ascending ? high : KeyBytes.flipped(low));
        boolean firstIn = ascending ? lowIn : highIn;
        boolean lastIn = ascending ? highIn : lowIn;
        byte[] start = firstIn ? first : KeyBytes.after(first);
        byte[] end = lastIn ? KeyBytes.after(last) : last;
        if (Arrays.compareUnsigned(start, end) < 0) {
          ranges.add(new Plan.KeyRange(start, end));
        }
      }
      return ranges;
    }
  }

  private @Nullable Interval interval(FieldPath path, boolean multikey) {
    Interval interval = null;
    int tag = 0;
    boolean above = false;
    boolean below = false;
    for (Clause clause : filter.clauses()) {
      if (!(clause instanceof Clause.Range range)
          || !range.path().dotted().equals(path.dotted())
          || range.acrossTypes()
          || range.tag() == KeyBytes.ARRAY
          || (interval != null && range.tag() != tag)) {
        continue;
      }
      boolean isAbove = range.side() == Clause.Side.ABOVE;
      // Items of an array may meet the two sides apart, so only one of them bounds the search.
      if ((isAbove ? above : below) || (multikey && interval != null)) {
        continue;
      }
      if (interval == null) {
        tag = range.tag();
        interval = new Interval(tag);
      }
      if (isAbove) {
        above = true;
        interval.low = range.key();
        interval.lowIn = range.inclusive();
      } else {
        below = true;
        interval.high = range.key();
        interval.highIn = range.inclusive();
      }
      interval.from.add(range);
    }
    return interval;
  }
}
