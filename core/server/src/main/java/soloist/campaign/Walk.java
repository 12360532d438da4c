package soloist.campaign;

import org.bson.Document;
import soloist.lane.Row;
import soloist.profile.EventTypes;

/**
 * One way through all people, in the order of their ids, for one version of a campaign.
 *
 * @param kind what is journalled on the way
 * @param after the last id that was passed, empty at the beginning
 * @param done how many rows were journalled
 * @param total how many there were to be when it began
 */
record Walk(Kind kind, int version, String after, long done, long total, boolean ended) {

  enum Kind {
    /** Everybody's segments are asked again, silently. */
    ASK(EventTypes.ASKED, Row.Source.BULK),
    /** The campaign is offered to each member of the segment. */
    OFFER(EventTypes.OFFERED, Row.Source.LIVE);

    final String type;
    final Row.Source source;

    Kind(String type, Row.Source source) {
      this.type = type;
      this.source = source;
    }
  }

  static Walk begin(Kind kind, int version, long total) {
    return new Walk(kind, version, "", 0, total, false);
  }

  String name() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + "@" + version;
  }

  Walk at(String newAfter, long more) {
    return new Walk(kind, version, newAfter, done + more, total, false);
  }

  Walk end() {
    return new Walk(kind, version, after, done, total, true);
  }

  Document toDocument() {
    return new Document("kind", kind.name())
        .append("version", version)
        .append("after", after)
        .append("done", done)
        .append("total", total)
        .append("ended", ended);
  }

  static Walk of(String name, Document document) {
    Walk walk =
        new Walk(
            Kind.valueOf(document.getString("kind")),
            document.getInteger("version"),
            document.getString("after"),
            document.getLong("done"),
            document.getLong("total"),
            document.getBoolean("ended"));
    if (!walk.name().equals(name)) {
      throw new IllegalStateException("a walk is kept as " + name + " but is " + walk.name());
    }
    return walk;
  }
}
