package soloist.connector.csv;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Text;

/** Files of other kinds that came under the name of a CSV file. None is unpacked. */
final class Archives {
  private static final Text SPREADSHEET =
      new Text(
          "This is a spreadsheet, not a CSV file. Open it and save it as CSV: in Excel and WPS by"
              + " File, Save As, “CSV UTF-8”; in Numbers by File, Export To, CSV.",
          "这是电子表格文件，不是 CSV。请打开后存为 CSV：在 Excel 或 WPS 中选“文件”→“另存为”→“CSV UTF-8”；在 Numbers 中选“文件”→“导出为”→“CSV”。");
  private static final Text PACKED =
      new Text(
          "This is a packed file, not a CSV file. Unpack it and upload the CSV file inside.",
          "这是压缩文件，不是 CSV。请解压后上传其中的 CSV 文件。");
  private static final Text PDF =
      new Text(
          "This is a PDF, not a CSV file. Export the data as CSV.", "这是 PDF，不是 CSV。请将数据导出为 CSV。");

  /** First bytes, as ISO 8859-1. */
  private static final Map<String, Text> SIGNATURES = new LinkedHashMap<>();

  static {
    SIGNATURES.put("\u00d0\u00cf\u0011\u00e0", SPREADSHEET);
    SIGNATURES.put("PK\u0003\u0004", PACKED);
    SIGNATURES.put("PK\u0005\u0006", PACKED);
    SIGNATURES.put("\u001f\u008b", PACKED);
    SIGNATURES.put("BZh", PACKED);
    SIGNATURES.put("\u00fd7zXZ\0", PACKED);
    SIGNATURES.put("(\u00b5/\u00fd", PACKED);
    SIGNATURES.put("7z\u00bc\u00af", PACKED);
    SIGNATURES.put("Rar!", PACKED);
    SIGNATURES.put("%PDF", PDF);
  }

  /**
   * What the first files of a packed spreadsheet are called: of Excel and WPS, LibreOffice,
   * Numbers.
   */
  private static final List<String> WORKBOOKS =
      List.of("[Content_Types].xml", "xl/", "opendocument.spreadsheet", "Index/");

  private Archives() {}

  static void refuse(byte[] head) throws Unreadable {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, Text> signature : SIGNATURES.entrySet()) {
      if (start.startsWith(signature.getKey())) {
        boolean workbook = WORKBOOKS.stream().anyMatch(start::contains);
        throw new Unreadable(workbook ? SPREADSHEET : signature.getValue());
      }
    }
  }
}
