package soloist.lane;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import soloist.store.DirectCodec;

/**
 * What one commit writes, encoded once: each document goes into its collection as the bytes that it
 * has in here, now and after a crash.
 */
record Redo(RawBsonDocument record) {
  private static final DirectCodec CODEC = new DirectCodec();

  static Redo of(Cursor next, Judged judged, List<Document> dead) {
    Document record =
        new Document("_id", next.partition())
            .append("batch", next.batch())
            .append("cursor", next.toDocument())
            .append("outbox", judged.outbox())
            .append("decisions", judged.decisions())
            .append("profiles", judged.profiles())
            .append("dead", dead)
            .append("handovers", judged.handovers().stream().map(Handover::toDocument).toList())
            .append("rows", judged.rows().stream().map(Row::toDocument).toList())
            .append("crossings", judged.crossings().stream().map(Redo::document).toList())
            .append("by", UUID.randomUUID().toString());
    return new Redo(new RawBsonDocument(record, CODEC));
  }

  /** In bytes. */
  int size() {
    return record.getByteLength();
  }

  int partition() {
    return record.getInt32("_id").getValue();
  }

  long batch() {
    return record.getInt64("batch").getValue();
  }

  /** Where the partition stands after it. */
  Cursor cursor() {
    return Cursor.of(plain(record.getDocument("cursor")));
  }

  List<RawBsonDocument> outbox() {
    return documents("outbox");
  }

  List<RawBsonDocument> decisions() {
    return documents("decisions");
  }

  List<RawBsonDocument> profiles() {
    return documents("profiles");
  }

  List<RawBsonDocument> dead() {
    return documents("dead");
  }

  List<Handover> handovers() {
    return documents("handovers").stream().map(Redo::plain).map(Handover::of).toList();
  }

  /** Drafts that follow. */
  List<Row> rows() {
    return documents("rows").stream().map(Redo::plain).map(Row::of).toList();
  }

  /** Names the commit, also beside another of the same number that was dropped. */
  String by() {
    return record.getString("by").getValue();
  }

  List<Crossing> crossings() {
    return documents("crossings").stream().map(Redo::plain).map(Redo::crossing).toList();
  }

  private static Document document(Crossing crossing) {
    return new Document("who", crossing.profileId())
        .append("segment", crossing.segment())
        .append("day", crossing.day().toString())
        .append("entered", crossing.entered());
  }

  private static Crossing crossing(Document document) {
    return new Crossing(
        document.getString("who"),
        document.getString("segment"),
        LocalDate.parse(document.getString("day")),
        document.getBoolean("entered"));
  }

  /** Nothing where the record was written before there was such a thing. */
  private List<RawBsonDocument> documents(String key) {
    return !record.containsKey(key)
        ? List.of()
        : record.getArray(key).getValues().stream().map(RawBsonDocument.class::cast).toList();
  }

  private static Document plain(BsonValue document) {
    return ((RawBsonDocument) document).decode(CODEC);
  }
}
