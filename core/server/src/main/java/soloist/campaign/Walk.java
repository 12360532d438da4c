package soloist.campaign;

import org.bson.Document;

/**
 * One way through all people, in the order of their ids, on which one version of a campaign is
 * offered to each member of its segment.
 *
 * @param after the last id that was passed, empty at the beginning
 * @param done to how many it was offered
 * @param total how many there were to be when it began
 */
record Walk(int version, String after, long done, long total, boolean ended) {

  static Walk begin(int version, long total) {
    return new Walk(version, "", 0, total, false);
  }

  String name() {
    return "offer@" + version;
  }

  Walk at(String newAfter, long more) {
    return new Walk(version, newAfter, done + more, total, false);
  }

  Walk end() {
    return new Walk(version, after, done, total, true);
  }

  Document toDocument() {
    return new Document("version", version)
        .append("after", after)
        .append("done", done)
        .append("total", total)
        .append("ended", ended);
  }

  static Walk of(Document document) {
    return new Walk(
        document.getInteger("version"),
        document.getString("after"),
        document.getLong("done"),
        document.getLong("total"),
        document.getBoolean("ended"));
  }
}
