package soloist.learning.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.learning.cluster.KMeans.Found;
import soloist.learning.cluster.KMeans.Search;
import soloist.learning.data.Matrix;
import soloist.learning.measure.Clustering;

/**
 * Data that everybody clusters, where their files lie beside the repository or where {@code
 * -Dsoloist.data} says. What is expected was computed by scikit-learn 1.2.1 and scipy 1.10.1.
 */
class RealDataTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("soloist.data", "../../../shared/data"));

  @ParameterizedTest
  @CsvSource({
    "2, 181363.59595959593, 0.2968969162503008, 96.74654578369159",
    "3, 106348.37306211122, 0.46761358158775435, 151.5570090006799",
    "4, 73679.78903948836, 0.4931963109249047, 174.0644335433684",
    "5, 44448.4554479337, 0.553931997444648, 247.35899338037282",
    "6, 37233.814510710006, 0.53976103063432, 242.5376443336707",
    "7, 30227.606513152008, 0.5281944387251989, 255.13354799708526",
    "8, 24986.52564064288, 0.4585133619741466, 268.9391961177858"
  })
  void groupsTheCustomersOfAMall(
      int groups, double inertia, double silhouette, double calinskiHarabasz) throws IOException {
    Matrix mall = read("Mall_Customers.csv", 3, 4);

    Found found = KMeans.find(mall, new Search(groups, 60, 300, 0, 5, 1, () -> true));

    int[] of = found.grouping().of();
    assertEquals(inertia, found.inertia(), 1e-6);
    assertEquals(silhouette, Clustering.pairs(mall, of, groups).silhouette(), 1e-9);
    assertEquals(calinskiHarabasz, Clustering.calinskiHarabasz(mall, of, groups), 1e-6);
  }

  @Test
  void groupsIrises() throws IOException {
    Matrix iris = read("iris.csv", 0, 1, 2, 3);
    double[] species = read("iris.csv", 4).values();

    Found found = KMeans.find(iris, Search.thorough(3, 42));

    assertEquals(78.851441426146, found.inertia(), 1e-9);
    assertArrayEquals(
        new int[] {38, 50, 62}, Arrays.stream(found.grouping().sizes()).sorted().toArray());
    assertEquals(
        0.7302382722834697,
        Clustering.agreement(
            found.grouping().of(), Arrays.stream(species).mapToInt(each -> (int) each).toArray()),
        1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "WARD, '[21, 23, 32, 39, 85]', 405.66004104, 0.5529945955148897",
    "AVERAGE, '[3, 21, 36, 38, 102]', 59.98747159, 0.4791911539647448",
    "COMPLETE, '[21, 23, 32, 39, 85]', 143.42245291, 0.5529945955148897",
    "SINGLE, '[1, 1, 2, 3, 193]', 14.86606875, 0.2694896445402342"
  })
  void joinsTheCustomersOfAMall(Linkage linkage, String sizes, double top, double silhouette)
      throws IOException {
    Matrix mall = read("Mall_Customers.csv", 3, 4);

    Dendrogram tree = Agglomeration.join(mall, linkage);

    Grouping grouping = tree.cut(5);
    assertEquals(sizes, Arrays.toString(Arrays.stream(grouping.sizes()).sorted().toArray()));
    assertEquals(top, tree.heights()[tree.heights().length - 1], 1e-8);
    assertEquals(silhouette, Clustering.pairs(mall, grouping.of(), 5).silhouette(), 1e-9);
  }

  @Test
  void findsWhereTheCustomersOfAMallAreDense() throws IOException {
    Matrix mall = read("Mall_Customers.csv", 3, 4);

    Grouping grouping = Density.find(mall, 9, 5).grouping();

    assertEquals(23, grouping.left());
    assertArrayEquals(
        new int[] {7, 12, 16, 23, 31, 88}, Arrays.stream(grouping.sizes()).sorted().toArray());
  }

  @ParameterizedTest
  @CsvSource({"0.5, 5, '[5, 7, 17, 28, 32, 51]', 60", "0.7, 4, '[4, 187]', 9"})
  void findsWhereTheyAreDenseOnceStandardised(double reach, int enough, String sizes, int left)
      throws IOException {
    Matrix mall = standardised(read("Mall_Customers.csv", 2, 3, 4));

    Grouping grouping = Density.find(mall, reach, enough).grouping();

    assertEquals(left, grouping.left());
    assertEquals(sizes, Arrays.toString(Arrays.stream(grouping.sizes()).sorted().toArray()));
  }

  @Test
  void advisesFiveGroupsForAMall() throws IOException {
    Matrix mall = standardised(read("Mall_Customers.csv", 3, 4));

    Advice advice = Adviser.advise(mall, 10, 42, () -> true);

    assertEquals(5, advice.groups());
    assertEquals(Advice.Method.K_MEANS, advice.method());
  }

  private static Matrix standardised(Matrix data) {
    double[] values = new double[data.values().length];
    for (int column = 0; column < data.columns(); column++) {
      double[] cells = data.column(column);
      double mean = Arrays.stream(cells).average().orElseThrow();
      double variance =
          Arrays.stream(cells).map(each -> (each - mean) * (each - mean)).average().orElseThrow();
      for (int row = 0; row < data.rows(); row++) {
        values[row * data.columns() + column] = (cells[row] - mean) / Math.sqrt(variance);
      }
    }
    return new Matrix(data.rows(), data.columns(), values);
  }

  private static Matrix read(String name, int... columns) throws IOException {
    Path file = FOLDER.resolve(name);
    assumeTrue(Files.exists(file), "the file is not there: " + file);
    return Matrix.of(
        Files.readAllLines(file).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .map(
                cells ->
                    Arrays.stream(columns)
                        .mapToDouble(column -> Double.parseDouble(cells[column]))
                        .toArray())
            .toArray(double[][]::new));
  }
}
