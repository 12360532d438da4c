package soloist.connector.csv;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Connector;
import soloist.testkit.ConnectorContract;

/** The contract, for a file of customers and one of orders. */
class CsvConnectorTest {
  @TempDir static Path folder;

  @Nested
  class OfCustomers extends Contract {
    @Override
    String text() {
      var text = new StringBuilder("email,name,age\n");
      for (int i = 0; i < 20; i++) {
        text.append(i % 6 == 5 ? "nobody" : "c" + i + "@example.com").append(",Ada,").append(i);
        text.append('\n');
      }
      return text.toString();
    }
  }

  @Nested
  class OfOrders extends Contract {
    @Override
    String text() {
      var text = new StringBuilder("order id,order date,customer id,sku,quantity,price\n");
      for (int i = 0; i < 40; i++) {
        text.append("A").append(i % 17).append(",2024-01-0").append(i % 17 % 9 + 1);
        text.append(",C").append(i % 17).append(",P").append(i);
        text.append(i == 9 ? ",many" : ",2").append(",1.50\n");
      }
      return text.toString();
    }
  }

  abstract static class Contract implements ConnectorContract {
    private Written file;

    abstract String text();

    @BeforeEach
    void write() {
      file = Written.text(folder, text());
    }

    @Override
    public Connector unopened() {
      return new CsvConnector();
    }

    @Override
    public Connector working() {
      return file.opened();
    }

    @Override
    public Connector unreadable() {
      return Written.bytes(folder).opened();
    }
  }
}
