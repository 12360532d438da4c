package soloist.connector.csv;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import soloist.spi.Connector;
import soloist.testkit.ConnectorContract;

/** The contract of connectors, for a file of one kind. */
abstract class FileContract implements ConnectorContract {
  @TempDir Path folder;
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
