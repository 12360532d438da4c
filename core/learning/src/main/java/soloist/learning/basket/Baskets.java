package soloist.learning.basket;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was bought together, as numbers: basket {@code b} holds the items {@code first[b]} (with) to
 * {@code first[b + 1]} (without), each once and in ascending order. The arrays are handed over.
 *
 * @param names by item its name
 */
@SuppressWarnings("ArrayRecordComponent")
public record Baskets(List<String> names, int[] first, int[] items) {
  public Baskets {
    names = List.copyOf(names);
  }

  /** Of the names of items; one that comes twice in a basket counts once. */
  public static Baskets of(Collection<? extends Collection<String>> baskets) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    List<int[]> numbered = new ArrayList<>();
    for (Collection<String> basket : baskets) {
      numbered.add(
          basket.stream()
              .mapToInt(
                  name -> {
                    Integer known = numbers.putIfAbsent(name, numbers.size());
                    return known == null ? numbers.size() - 1 : known;
                  })
              .toArray());
    }
    return of(List.copyOf(numbers.keySet()), numbered);
  }

  /** Of items by number, in any order, where one may come twice. */
  public static Baskets of(List<String> names, List<int[]> baskets) {
    int[] first = new int[baskets.size() + 1];
    int[] items = new int[baskets.stream().mapToInt(basket -> basket.length).sum()];
    int end = 0;
    for (int basket = 0; basket < baskets.size(); basket++) {
      int[] distinct = Arrays.stream(baskets.get(basket)).sorted().distinct().toArray();
      System.arraycopy(distinct, 0, items, end, distinct.length);
      end += distinct.length;
      first[basket + 1] = end;
    }
    return new Baskets(names, first, Arrays.copyOf(items, end));
  }

  public int count() {
    return first.length - 1;
  }

  /** A copy of the items of one basket. */
  public int[] basket(int basket) {
    return Arrays.copyOfRange(items, first[basket], first[basket + 1]);
  }

  /** By item how many baskets hold it. */
  public int[] counts() {
    int[] counts = new int[names.size()];
    for (int item : items) {
      counts[item]++;
    }
    return counts;
  }
}
