package soloist.learning.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts as counts of their words. Words of letters are taken whole, in lower case; of Chinese,
 * which has no gaps between words, each character and each pair of neighbours is taken, which does
 * as well as a dictionary in telling texts apart.
 *
 * @param words the columns
 * @param texts in how many of the texts that it was learnt from each word is
 * @param learnt from how many texts
 */
public record BagOfWords(List<String> words, List<Integer> texts, int learnt) {
  public BagOfWords {
    words = List.copyOf(words);
    texts = List.copyOf(texts);
  }

  /**
   * @param most words, those in the most texts
   */
  public static BagOfWords of(List<String> all, int most) {
    Map<String, Integer> in = new HashMap<>();
    all.forEach(
        text -> new HashSet<>(words(text)).forEach(word -> in.merge(word, 1, Integer::sum)));
    List<Map.Entry<String, Integer>> taken =
        in.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .toList();
    return new BagOfWords(
        taken.stream().map(Map.Entry::getKey).toList(),
        taken.stream().map(Map.Entry::getValue).toList(),
        all.size());
  }

  /** How often each word is in each text. */
  public Matrix counts(List<String> all) {
    Map<String, Integer> place = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      place.put(words.get(i), i);
    }
    double[] counts = new double[all.size() * words.size()];
    for (int row = 0; row < all.size(); row++) {
      for (String word : words(all.get(row))) {
        Integer column = place.get(word);
        if (column != null) {
          counts[row * words.size() + column]++;
        }
      }
    }
    return new Matrix(all.size(), words.size(), counts);
  }

  /**
   * Counts that weigh more the rarer a word is (TF-IDF; Spärck Jones, Journal of Documentation 28,
   * 1972), each row of length 1; a row without a word is 0.
   */
  public Matrix weights(List<String> all) {
    double[] weights = counts(all).values();
    int wide = words.size();
    for (int row = 0; row < all.size(); row++) {
      double squares = 0;
      for (int i = 0; i < wide; i++) {
        int at = row * wide + i;
        weights[at] *= Math.log((1.0 + learnt) / (1 + texts.get(i))) + 1;
        squares += weights[at] * weights[at];
      }
      double length = squares == 0 ? 1 : Math.sqrt(squares);
      IntStream.range(row * wide, (row + 1) * wide).forEach(at -> weights[at] /= length);
    }
    return new Matrix(all.size(), wide, weights);
  }

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    int before = 0;
    for (int character : text.toLowerCase(Locale.ROOT).codePoints().toArray()) {
      boolean isHan = Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
      if (!isHan && Character.isLetterOrDigit(character)) {
        word.appendCodePoint(character);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
      if (isHan) {
        words.add(Character.toString(character));
        if (before != 0) {
          words.add(Character.toString(before) + Character.toString(character));
        }
      }
      before = isHan ? character : 0;
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
