package soloist.tracking;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.net.IDN;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import soloist.http.Problem;
import soloist.store.Store;

/**
 * The owner's websites, as web origins (RFC 6454). Pages of these, and of no others, may tell what
 * their visitors do.
 */
public final class Sites {
  private static final String ID = "sites";
  private static final int MOST = 50;
  private static final int LONGEST = 300;
  private static final Duration COUNTED = Duration.ofDays(30);

  private final Store store;
  private volatile List<String> origins;

  public Sites(Store store) {
    this.store = store;
    Document stored = store.state().find(eq("_id", ID)).first();
    origins = stored == null ? List.of() : List.copyOf(stored.getList("origins", String.class));
  }

  public List<String> origins() {
    return origins;
  }

  boolean contains(String origin) {
    return origins.contains(origin);
  }

  /**
   * Puts these in the place of those there are; durable when it returns.
   *
   * @param written addresses of sites as people write them
   * @throws Problem 400 that names each that is none
   */
  synchronized void replace(List<String> written) {
    List<Problem.Detail> faults = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Optional<String> origin = origin(written.get(i));
      if (origin.isEmpty() || i >= MOST) {
        faults.add(
            new Problem.Detail(
                "/origins/" + i,
                origin.isEmpty() ? "site-origin" : "site-count",
                List.of(Integer.toString(MOST))));
      } else if (!read.contains(origin.get())) {
        read.add(origin.get());
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    store
        .state()
        .replaceOne(
            eq("_id", ID),
            new Document("_id", ID).append("origins", read),
            new ReplaceOptions().upsert(true));
    origins = List.copyOf(read);
  }

  /** Counts what somebody did who is not to be known. */
  void count(String type, Instant now) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    store
        .visits()
        .updateOne(
            eq("_id", day + " " + type),
            Updates.combine(
                Updates.inc("count", 1L),
                Updates.setOnInsert("type", type),
                Updates.setOnInsert(
                    "day", Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()))),
            new UpdateOptions().upsert(true));
  }

  /** What was counted in the last thirty days, by type of event. */
  Map<String, Long> counted(Instant now) {
    Map<String, Long> counts = new TreeMap<>();
    store
        .visits()
        .find(com.mongodb.client.model.Filters.gte("day", Date.from(now.minus(COUNTED))))
        .forEach(each -> counts.merge(each.getString("type"), each.getLong("count"), Long::sum));
    return counts;
  }

  /** The origin of an address, in the form in which browsers send it. */
  static Optional<String> origin(String written) {
    try {
      String text = written.strip();
      if (text.length() > LONGEST) {
        return Optional.empty();
      }
      URI uri = URI.create(text.contains("://") ? text : "https://" + text);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String authority = uri.getRawAuthority();
      if (authority == null || authority.contains("@") || !scheme.matches("https?")) {
        return Optional.empty();
      }
      String host = authority.replaceFirst(":[0-9]{0,5}$", "");
      String port = authority.substring(host.length());
      boolean isUsual = port.isEmpty() || port.equals(scheme.equals("https") ? ":443" : ":80");
      String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
      return ascii.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\]")
          ? Optional.of(scheme + "://" + ascii + (isUsual ? "" : port))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
