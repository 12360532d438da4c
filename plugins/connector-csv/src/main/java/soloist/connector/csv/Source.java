package soloist.connector.csv;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Text;

/**
 * A file of text and its encoding. Bytes that are no characters become U+FFFD, by which the row is
 * told later.
 *
 * @param mark how many bytes of a byte order mark come first
 */
record Source(Path file, long size, Charset charset, int mark) {
  /** What a byte that cannot be read becomes. */
  static final char UNREADABLE = '\uFFFD';

  /**
   * @param encoding a word of the setting
   */
  static Source open(Path file, String encoding) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Unreadable(
          new Text(
              "There is no file " + file + ". Upload it again.", "文件 " + file + " 不存在。请重新上传。"));
    }
    byte[] head = Encodings.head(file);
    Archives.refuse(head);
    Charset marked = Encodings.marked(head);
    Charset charset =
        CsvSettings.set(encoding)
            .map(Charset::forName)
            .orElse(marked == null ? Encodings.guess(file, head) : marked);
    int mark = charset.equals(marked) ? Encodings.lengthOfMark(charset) : 0;
    long size = Files.size(file);
    if (size == mark) {
      throw new Unreadable(new Text("The file is empty.", "文件为空。"));
    }
    return new Source(file, size, charset, mark);
  }

  /** The characters from the beginning. */
  Characters read() throws IOException {
    return new Characters(this);
  }

  /** The characters of a source, and how many of its bytes have been read. */
  static final class Characters extends Reader {
    private final FileInputStream bytes;
    private final Reader decoded;
    private long bytesRead;

    private Characters(Source source) throws IOException {
      bytes = new FileInputStream(source.file().toFile());
      bytes.skipNBytes(source.mark());
      decoded =
          new InputStreamReader(
              bytes,
              source
                  .charset()
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPLACE)
                  .onUnmappableCharacter(CodingErrorAction.REPLACE)
                  .replaceWith(String.valueOf(UNREADABLE)));
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
      int read = decoded.read(into, offset, length);
      // The system is asked here, where it is once a buffer, and not once a row.
      bytesRead = bytes.getChannel().position();
      return read;
    }

    long bytesRead() {
      return bytesRead;
    }

    @Override
    public void close() throws IOException {
      decoded.close();
    }
  }
}
