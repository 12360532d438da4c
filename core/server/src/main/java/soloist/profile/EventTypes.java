package soloist.profile;

import java.util.Set;
import soloist.lane.Row;

/**
 * The event types that mean something to the platform itself; every other type is kept and can be
 * asked for.
 */
public final class EventTypes {
  /** Properties: {@code total}, {@code currency} (ISO 4217), {@code orderId}, {@code lines}. */
  public static final String ORDER = "order";

  /**
   * Goods taken back: an order that says {@code returned} means this, and is asked for under this
   * name. Its total is negative.
   */
  public static final String RETURNED = "order.returned";

  /** Properties: {@code purpose}, {@code granted}, {@code source}. */
  public static final String CONSENT = "consent";

  /** Facts that somebody told: each property becomes a trait. */
  public static final String TRAITS = "traits";

  /**
   * Properties of these: {@code message}, {@code campaign}, {@code step}, {@code entry}; a click
   * has {@code url}.
   */
  public static final String OPENED = "email.opened";

  public static final String CLICKED = "email.clicked";

  /** As an answer to a message, with {@code purpose} beside its properties. */
  public static final String UNSUBSCRIBED = "unsubscribed";

  /**
   * What a profiler says of somebody. Properties: {@code traits}, by key {@code value}, {@code en}
   * and {@code zh} (the evidence); {@code gone}, keys that it says nothing of any more; {@code
   * model}; {@code news} where it was said before by what was learnt before, so that whoever comes
   * into a segment by it now does so now.
   */
  public static final String SCORED = "profile.scored";

  /**
   * The owner offers a campaign to the person, of whom it says nothing. Properties: {@code
   * campaign}.
   */
  public static final String OFFERED = "campaign.offered";

  /**
   * What an import had told before, told by somebody else. Properties: {@code type} and {@code
   * properties} of the event, and {@code behind}, the imports that must be undone for it to count.
   */
  public static final String RETOLD = "profile.retold";

  /** What shops and websites tell of people by themselves. */
  public static final Set<String> BEHAVIOUR =
      Set.of(ORDER, "page_view", "product_view", "add_to_cart", "search");

  /** Rows that tell nothing that another row does not tell. */
  public static final Set<String> UNTOLD =
      Set.of(Row.REFOLD, Row.LINKED, Row.ABSORBED, Row.UNLINKED, Row.PARTED, Row.MOVED, RETOLD);

  private EventTypes() {}

  /**
   * Whether campaigns hear of what a row changes: of what happens now, and of what a profiler
   * learns anew. History changes segments silently.
   */
  public static boolean isNews(Row row) {
    return !row.foldsAnew()
        && (row.source() == Row.Source.LIVE
            || (row.type().equals(SCORED) && Boolean.TRUE.equals(row.properties().get("news"))));
  }

  /** What a row means: its type, but for an order that takes goods back. */
  public static String of(Row row) {
    return row.type().equals(ORDER) && Boolean.TRUE.equals(row.properties().get("returned"))
        ? RETURNED
        : row.type();
  }
}
