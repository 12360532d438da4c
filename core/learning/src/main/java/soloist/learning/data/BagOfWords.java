package soloist.learning.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
  private static final int MOST_KEPT = 100_000;

  /** What is longer is an address or a key, and no word. */
  private static final int LONGEST = 30;

  public BagOfWords {
    words = List.copyOf(words);
    texts = List.copyOf(texts);
  }

  /**
   * @param most words: those by which most texts are told apart, so neither those in nearly all nor
   *     those in hardly any
   */
  public static BagOfWords of(List<String> all, int most) {
    Map<String, Integer> in = new HashMap<>();
    all.forEach(
        text -> new HashSet<>(words(text)).forEach(word -> in.merge(word, 1, Integer::sum)));
    List<Map.Entry<String, Integer>> taken =
        in.entrySet().stream()
            .filter(each -> each.getKey().length() <= LONGEST)
            .sorted(
                Comparator.comparingDouble(
                        (Map.Entry<String, Integer> each) ->
                            -each.getValue() * rarity(each.getValue(), all.size()))
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
        weights[at] *= rarity(texts.get(i), learnt) + 1;
        squares += weights[at] * weights[at];
      }
      double length = squares == 0 ? 1 : Math.sqrt(squares);
      IntStream.range(row * wide, (row + 1) * wide).forEach(at -> weights[at] /= length);
    }
    return new Matrix(all.size(), wide, weights);
  }

  private static double rarity(int texts, int of) {
    return Math.log((1.0 + of) / (1 + texts));
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(learnt);
    out.writeInt(words.size());
    for (int i = 0; i < words.size(); i++) {
      out.writeUTF(words.get(i));
      out.writeInt(texts.get(i));
    }
  }

  static BagOfWords read(DataInput in) throws IOException {
    int learnt = in.readInt();
    int count = in.readInt();
    if (count < 0 || count > MOST_KEPT) {
      throw new IOException(count + " words");
    }
    List<String> words = new ArrayList<>();
    List<Integer> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(in.readUTF());
      texts.add(in.readInt());
    }
    return new BagOfWords(words, texts, learnt);
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
