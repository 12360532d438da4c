package soloist.content;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import soloist.http.Problem;
import soloist.http.Texts;

/** Checks what an owner writes into a mail, in each language, before it becomes a template. */
public final class Words {
  private static final List<String> LANGUAGES = List.of(Texts.ENGLISH, Texts.CHINESE);
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_LABEL = 80;
  private static final int LONGEST_PARAGRAPH = 5_000;
  private static final int LONGEST_URL = 1_000;
  private static final int MOST_BLOCKS = 30;

  private final Set<String> links;
  private final List<Problem.Detail> faults;

  private Words(Set<String> links, List<Problem.Detail> faults) {
    this.links = links;
    this.faults = faults;
  }

  /**
   * The words of one mail by language: one language at least.
   *
   * @param at where they stand in the request
   * @param links the fields that may stand for an address, as <code>{{link}}</code>
   * @param faults gets everything that is wrong
   */
  public static Map<String, Object> check(
      @Nullable Object given, String at, Set<String> links, List<Problem.Detail> faults) {
    return new Words(links, faults).languages(given, at);
  }

  private Map<String, Object> languages(@Nullable Object given, String at) {
    Map<String, Object> checked = new LinkedHashMap<>();
    if (!(given instanceof Map<?, ?> map) || map.isEmpty()) {
      fault(at, "words-language");
      return checked;
    }
    map.forEach(
        (language, value) -> {
          String here = at + "/" + language;
          if (!LANGUAGES.contains(language)) {
            fault(here, "words-language");
          } else {
            checked.put((String) language, language(value, here));
          }
        });
    return checked;
  }

  private Map<String, Object> language(@Nullable Object given, String at) {
    Map<String, Object> checked = new LinkedHashMap<>();
    Map<?, ?> map = given instanceof Map<?, ?> words ? words : Map.of();
    only(map, at, "subject", "blocks");
    checked.put("subject", line(map.get("subject"), at + "/subject", LONGEST_SUBJECT));
    List<Object> blocks = new ArrayList<>();
    if (map.get("blocks") instanceof List<?> list
        && !list.isEmpty()
        && list.size() <= MOST_BLOCKS) {
      for (int i = 0; i < list.size(); i++) {
        blocks.add(block(list.get(i), at + "/blocks/" + i));
      }
    } else {
      fault(at + "/blocks", "words-blocks", Integer.toString(MOST_BLOCKS));
    }
    checked.put("blocks", blocks);
    return checked;
  }

  private Map<String, Object> block(Object given, String at) {
    Map<?, ?> block = given instanceof Map<?, ?> map ? map : Map.of();
    if (block.containsKey("button")) {
      only(block, at, "button", "url");
      String label = line(block.get("button"), at + "/button", LONGEST_LABEL);
      Map<String, Object> button = new LinkedHashMap<>();
      button.put("button", label);
      button.put("url", url(block.get("url"), at + "/url"));
      return button;
    }
    only(block, at, "paragraph");
    return Map.of("paragraph", text(block.get("paragraph"), at + "/paragraph", LONGEST_PARAGRAPH));
  }

  private void only(Map<?, ?> map, String at, String... known) {
    for (Object key : map.keySet()) {
      if (!Set.of(known).contains(key)) {
        fault(at + "/" + key, "unknown-field", String.join(", ", known));
      }
    }
  }

  private String line(@Nullable Object given, String at, int longest) {
    String text = text(given, at, longest);
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      fault(at, "words-line");
    }
    return text;
  }

  private String text(@Nullable Object given, String at, int longest) {
    if (!(given instanceof String text) || text.isBlank() || text.length() > longest) {
      fault(at, "words-text", Integer.toString(longest));
      return "";
    }
    try {
      if (Template.isUnescaped(text)) {
        fault(at, "words-braces");
      }
      Mustache.compiler().compile(text);
    } catch (MustacheException _) {
      fault(at, "words-braces");
    }
    return text;
  }

  private String url(@Nullable Object given, String at) {
    if (given instanceof String url && url.length() <= LONGEST_URL) {
      if (links.stream().anyMatch(link -> url.equals("{{" + link + "}}")) || isAddress(url)) {
        return url;
      }
    }
    fault(at, "answer-link");
    return "";
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void fault(String at, String code, String... values) {
    faults.add(new Problem.Detail(at, code, List.of(values)));
  }
}
