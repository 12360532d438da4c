package soloist.bench;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import soloist.learning.basket.ItemSet;

/**
 * FP-growth of Smile 1.5.3, the last under the Apache License. Its jars do not ship: whoever wants
 * the comparison names a folder with them.
 */
final class SmileFpGrowth {
  private final Constructor<?> growth;
  private final Method learn;
  private final Field items;
  private final Field support;

  /**
   * @param folder with the jars of {@code com.github.haifengl:smile-core:1.5.3} and what it needs,
   *     which stay loaded to the end
   */
  SmileFpGrowth(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.filter(each -> each.toString().endsWith(".jar")).toList()) {
        urls.add(jar.toUri().toURL());
      }
      var loader = new URLClassLoader(urls.toArray(URL[]::new));
      Class<?> type = loader.loadClass("smile.association.FPGrowth");
      growth = type.getConstructor(int[][].class, int.class);
      learn = type.getMethod("learn");
      Class<?> found = loader.loadClass("smile.association.ItemSet");
      items = found.getField("items");
      support = found.getField("support");
    } catch (ReflectiveOperationException e) {
      throw new IOException(folder + " holds no smile-core 1.5.3", e);
    }
  }

  /**
   * @param baskets each item once, by number
   * @return sets as it has found them, in its own order
   */
  List<?> mine(int[][] baskets, int least) {
    try {
      return (List<?>) learn.invoke(growth.newInstance(baskets, least));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Smile fails", e);
    }
  }

  /** The same in our order. */
  List<ItemSet> ordered(List<?> found) {
    try {
      List<ItemSet> sets = new ArrayList<>();
      for (Object each : found) {
        int[] of = ((int[]) items.get(each)).clone();
        Arrays.sort(of);
        sets.add(new ItemSet(of, support.getInt(each)));
      }
      Collections.sort(sets);
      return sets;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("Smile's sets cannot be read", e);
    }
  }
}
