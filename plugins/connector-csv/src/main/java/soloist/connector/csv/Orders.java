package soloist.connector.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import soloist.connector.csv.RowSorter.Keyed;
import soloist.connector.csv.RowSorter.Merged;
import soloist.connector.csv.Source.Characters;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Mapping;
import soloist.spi.Text;

/**
 * Reads a file in which each row is a line of an order, wherever in the file the lines of an order
 * lie. Orders come in the order of their numbers. An order is taken with all its rows or not at
 * all, since without one its amount would be wrong.
 */
final class Orders {
  private static final int MOST_ROWS = 10_000;
  private static final int LONGEST = 4 << 20;

  private final Layout layout;
  private final Handing handing;
  private final Cells cells;

  Orders(Layout layout, Mapping mapping, Handing handing) throws Unreadable {
    this.layout = layout;
    this.handing = handing;
    this.cells = new Cells(layout, mapping);
    if (!cells.has("order.time")) {
      throw new Unreadable(
          new Text(
              "No column holds the time of an order. Say which one it is.", "没有下单时间列。请指明是哪一列。"));
    }
  }

  void read() throws IOException {
    try (var sorter = new RowSorter(RowSorter.HEAVIEST)) {
      sort(sorter);
      if (handing.wanted()) {
        try (Merged rows = sorter.sorted()) {
          group(rows);
        }
      }
    }
  }

  /** What names no order is rejected here; everything else waits for the rows of its order. */
  private void sort(RowSorter sorter) throws IOException {
    try (Characters characters = layout.source().read()) {
      Records records = layout.records(characters);
      int headers = layout.header() ? 1 : 0;
      while (handing.wanted() && records.next()) {
        long row = records.number() - headers;
        if (row > 0 && !Cells.areBlank(records.fields(), records.fault())) {
          try {
            sorter.add(new Keyed(key(records), row, records.fault(), records.raw()));
          } catch (RowFault fault) {
            handing.accept(fault.rejected(row, records.raw()));
          }
        }
        handing.progress(characters, 2);
      }
    }
  }

  /** The order's number, or its buyer and time where the file has no numbers. */
  private String key(Records records) throws RowFault {
    cells.take(records.fields());
    if (cells.has("order.id")) {
      String id = cells.id("order.id");
      if (id.isEmpty()) {
        cells.check(records.fault());
        throw new RowFault("", Fault.ORDER_ID_MISSING);
      }
      return id;
    }
    cells.check(records.fault());
    Map<String, String> buyer = new TreeMap<>(cells.identifiers());
    if (buyer.isEmpty()) {
      throw new RowFault("", Fault.IDENTIFIER_MISSING);
    }
    return "csv-" + digest(buyer + "@" + time());
  }

  private Instant time() throws RowFault {
    return cells.time("order.time").orElseThrow(() -> new RowFault("", Fault.ORDER_TIME_MISSING));
  }

  private void group(Merged rows) throws IOException {
    List<Keyed> order = new ArrayList<>();
    long length = 0;
    boolean tooLong = false;
    String key = "";
    long done = layout.source().size();
    for (Keyed row = rows.next(); row != null && handing.wanted(); row = rows.next()) {
      if (!row.key().equals(key)) {
        handOn(order);
        order.clear();
        key = row.key();
        length = 0;
        tooLong = false;
      }
      length += row.raw().length();
      order.add(row);
      tooLong |= order.size() > MOST_ROWS || length > LONGEST;
      if (tooLong) {
        order.forEach(each -> reject(each, new RowFault("", Fault.ORDER_TOO_LONG)));
        order.clear();
      }
      done += row.raw().length();
      handing.progress(done, 2);
    }
    handOn(order);
  }

  private void handOn(List<Keyed> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    var order = new OrderRows(rows.getFirst().key(), rows.getFirst().row());
    for (Keyed row : rows) {
      try {
        Records record = Records.of(row.raw(), layout.delimiter());
        record.next();
        cells.take(record.fields());
        cells.check(row.fault());
        order.add(time(), cells);
      } catch (RowFault fault) {
        for (Keyed each : rows) {
          reject(
              each,
              each.row() == row.row()
                  ? fault
                  : new RowFault("", Fault.ORDER_INCOMPLETE, row.row()));
        }
        return;
      }
    }
    handing.accept(order.order());
  }

  private void reject(Keyed row, RowFault fault) {
    handing.accept(fault.rejected(row.row(), row.raw()));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
