package soloist.profiler.value;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import soloist.spi.Figure.Grid;
import soloist.spi.Text;

/** How many customers have which scores of recency and frequency; each number opens them. */
final class Heat {
  private static final int MOST = 5;

  private Heat() {}

  static Grid of(int[] rows, Scales scales, Customers customers) {
    int[][] counts = new int[MOST + 1][MOST + 1];
    for (int row : rows) {
      Scores scores = scales.scores(customers.at(row));
      counts[scores.recency()][scores.frequency()]++;
    }
    int[] scores = used(counts);
    List<List<Double>> values = new ArrayList<>();
    List<List<String>> people = new ArrayList<>();
    for (int recency : reversed(scores)) {
      values.add(
          IntStream.of(scores).mapToObj(frequency -> (double) counts[recency][frequency]).toList());
      people.add(
          IntStream.of(scores).mapToObj(frequency -> condition(recency, frequency)).toList());
    }
    return new Grid(
        new Text(
            "Customers by how lately and how often they bought (RFM), 5 is most",
            "按购买远近（R）与次数（F）划分的客户数（RFM），5 分最高"),
        IntStream.of(reversed(scores))
            .mapToObj(score -> new Text("recency " + score, "近度 " + score))
            .toList(),
        IntStream.of(scores)
            .mapToObj(score -> new Text("frequency " + score, "频度 " + score))
            .toList(),
        values,
        people);
  }

  /** All five, or 1, 3 and 5 where few customers are told apart by these only. */
  private static int[] used(int[][] counts) {
    boolean isFine =
        IntStream.of(2, 4)
            .anyMatch(
                score ->
                    IntStream.rangeClosed(1, MOST)
                        .anyMatch(other -> counts[score][other] + counts[other][score] > 0));
    return isFine ? new int[] {1, 2, 3, 4, 5} : new int[] {1, 3, 5};
  }

  private static int[] reversed(int[] scores) {
    return IntStream.range(0, scores.length).map(i -> scores[scores.length - 1 - i]).toArray();
  }

  private static String condition(int recency, int frequency) {
    return "{\"all\": ["
        + is("rfm_recency", recency)
        + ", "
        + is("rfm_frequency", frequency)
        + "]}";
  }

  private static String is(String trait, int score) {
    return "{\"trait\": \""
        + trait
        + "\", \"comparison\": \"equal\", \"value\": \""
        + score
        + "\", \"type\": \"number\"}";
  }
}
