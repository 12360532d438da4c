package soloist.connector.csv;

import java.io.IOException;
import soloist.connector.csv.Source.Characters;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Fetched;
import soloist.spi.Mapping;

/** Reads a file in which each row is a customer or a product. */
final class Rows {
  private final Layout layout;
  private final Mapping mapping;
  private final Handing handing;
  private final Cells cells;

  Rows(Layout layout, Mapping mapping, Handing handing) throws Unreadable {
    this.layout = layout;
    this.mapping = mapping;
    this.handing = handing;
    this.cells = new Cells(layout, mapping);
  }

  void read() throws IOException {
    try (Characters characters = layout.source().read()) {
      Records records = layout.records(characters);
      int headers = layout.header() ? 1 : 0;
      while (handing.wanted() && records.next()) {
        long row = records.number() - headers;
        if (row > 0 && !Cells.areBlank(records.fields(), records.fault())) {
          handing.accept(fetched(row, records));
        }
        handing.progress(characters, 1);
      }
    }
  }

  private Fetched fetched(long row, Records records) {
    try {
      cells.take(records.fields());
      cells.check(records.fault());
      return mapping.kind() == Mapping.Kind.PRODUCTS ? product(row) : customer(row);
    } catch (RowFault fault) {
      return fault.rejected(row, records.raw());
    }
  }

  private Fetched customer(long row) throws RowFault {
    var customer = new Fetched.Customer(row, cells.identifiers(), cells.facts());
    if (customer.identifiers().isEmpty()) {
      throw new RowFault("", Fault.IDENTIFIER_MISSING);
    }
    return customer;
  }

  private Fetched product(long row) throws RowFault {
    String id = cells.id("product.id");
    if (id.isEmpty()) {
      throw new RowFault("", Fault.PRODUCT_ID_MISSING);
    }
    return new Fetched.Product(
        row,
        id,
        cells.textOrNull("product.name"),
        cells.textOrNull("product.category"),
        cells.number("product.price").orElse(null),
        cells.currency("product.currency"),
        cells.facts());
  }
}
