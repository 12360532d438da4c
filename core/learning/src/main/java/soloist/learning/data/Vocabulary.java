package soloist.learning.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Texts of people as columns, one a word: how much each weighs in what is said of a person.
 *
 * @param keys of the texts
 * @param bags the words of each
 */
public record Vocabulary(List<String> keys, List<BagOfWords> bags) {
  public static final Vocabulary NONE = new Vocabulary(List.of(), List.of());

  private static final int MOST_TEXTS = 200;

  public Vocabulary {
    keys = List.copyOf(keys);
    bags = List.copyOf(bags);
  }

  /**
   * @param texts of each key, one a person
   * @param most words of each
   */
  public static Vocabulary of(List<String> keys, List<List<String>> texts, int most) {
    return new Vocabulary(keys, texts.stream().map(all -> BagOfWords.of(all, most)).toList());
  }

  public int columns() {
    return bags.stream().mapToInt(bag -> bag.words().size()).sum();
  }

  /** How much each word weighs in the texts of one person, in the order of the keys. */
  public double[] weights(List<String> texts) {
    return IntStream.range(0, bags.size())
        .boxed()
        .flatMapToDouble(i -> DoubleStream.of(bags.get(i).weights(List.of(texts.get(i))).values()))
        .toArray();
  }

  /** A column: a word of a text. */
  public record Column(String key, String word, int words) {}

  /**
   * @return by column its word, the key of its text, and how many words that has
   */
  public List<Column> words() {
    List<Column> words = new ArrayList<>();
    for (int i = 0; i < bags.size(); i++) {
      for (String word : bags.get(i).words()) {
        words.add(new Column(keys.get(i), word, bags.get(i).words().size()));
      }
    }
    return List.copyOf(words);
  }

  public void write(DataOutput out) throws IOException {
    out.writeInt(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      out.writeUTF(keys.get(i));
      bags.get(i).write(out);
    }
  }

  public static Vocabulary read(DataInput in) throws IOException {
    int texts = in.readInt();
    if (texts < 0 || texts > MOST_TEXTS) {
      throw new IOException(texts + " texts");
    }
    List<String> keys = new ArrayList<>();
    List<BagOfWords> bags = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      keys.add(in.readUTF());
      bags.add(BagOfWords.read(in));
    }
    return new Vocabulary(keys, bags);
  }
}
