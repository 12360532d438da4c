package soloist.bench;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** One table with an index, each batch a transaction; write-ahead log, synced at each commit. */
final class SqliteEngine implements EngineBench.Engine {
  private final Connection connection;
  private final PreparedStatement write;
  private final PreparedStatement read;

  /**
   * @param driver the jar with {@code org.sqlite.JDBC}, which stays loaded to the end
   */
  SqliteEngine(Path file, Path driver) throws SQLException, IOException {
    var loader = new URLClassLoader(new URL[] {driver.toUri().toURL()});
    try {
      var jdbc =
          (Driver) loader.loadClass("org.sqlite.JDBC").getDeclaredConstructor().newInstance();
      connection = jdbc.connect("jdbc:sqlite:" + file, new Properties());
    } catch (ReflectiveOperationException e) {
      throw new IOException(driver + " holds no driver of SQLite", e);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA cache_size=-40960");
      statement.execute(
          "CREATE TABLE documents (id TEXT PRIMARY KEY, segment TEXT, document BLOB)"
              + " WITHOUT ROWID");
      statement.execute("CREATE INDEX segments ON documents (segment)");
    }
    connection.setAutoCommit(false);
    write = connection.prepareStatement("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)");
    read = connection.prepareStatement("SELECT document FROM documents WHERE id = ?");
  }

  @Override
  public void insert(List<EngineBench.Row> rows) throws SQLException {
    for (EngineBench.Row row : rows) {
      write.setString(1, row.id());
      write.setString(2, row.segment());
      write.setBytes(3, row.document());
      write.addBatch();
    }
    int[] unused = write.executeBatch();
    connection.commit();
  }

  @Override
  public void replace(List<EngineBench.Row> rows) throws SQLException {
    insert(rows);
  }

  @Override
  public byte[] get(String id) throws SQLException {
    read.setString(1, id);
    try (ResultSet found = read.executeQuery()) {
      return found.next() ? found.getBytes(1) : new byte[0];
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
