package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.spi.Connector.Unreadable;
import soloist.spi.Fetched;
import soloist.spi.Mapping;
import soloist.spi.Survey;
import soloist.testkit.Pulled;

/** The kinds of files that come in the wild. */
class KindsTest {
  private static final String CHINESE = "邮箱,姓名,城市\nwang@example.cn,王芳,北京\nli@example.cn,李娜,上海\n";
  private static final String GERMAN =
      "E-Mail;Name;Ort\nmueller@example.de;Jörg Müller;Köln\ngruen@example.de;Änne Grün;Düren\n";

  @TempDir Path folder;

  @Test
  void readsUtf8WithAByteOrderMark() throws IOException {
    Written file = Written.text(folder, "\uFEFF" + CHINESE);

    assertEquals(List.of("邮箱", "姓名", "城市"), names(file.survey()));
    assertEquals(List.of("wang@example.cn", "li@example.cn"), file.addresses());
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, true", "UTF-16LE, false", "UTF-16BE, true", "UTF-16BE, false"})
  void readsUtf16WithAndWithoutAMark(String encoding, boolean marked) throws IOException {
    Written file =
        Written.text(folder, (marked ? "\uFEFF" : "") + CHINESE, Charset.forName(encoding));

    assertEquals(encoding, file.survey().detected().get("encoding"));
    assertEquals("王芳", file.names().getFirst());
    assertEquals(List.of("wang@example.cn", "li@example.cn"), file.addresses());
  }

  @Test
  void tellsGb18030FromWindows1252() throws IOException {
    Written chinese = Written.text(folder, CHINESE, Encodings.GB18030);
    Written german = Written.text(folder, GERMAN, Encodings.WINDOWS_1252);

    assertEquals("GB18030", chinese.survey().detected().get("encoding"));
    assertEquals(List.of("王芳", "李娜"), chinese.names());
    assertEquals("windows-1252", german.survey().detected().get("encoding"));
    assertEquals(List.of("Jörg Müller", "Änne Grün"), german.names());
  }

  @Test
  void findsTheEncodingBehindManyRowsOfAscii() throws IOException {
    String ascii = "a@example.com,Ada,Rome\n".repeat(10_000);
    Written file = Written.text(folder, "email,name,city\n" + ascii + CHINESE, Encodings.GB18030);

    assertEquals("GB18030", file.survey().detected().get("encoding"));
  }

  @Test
  void readsEveryLineEndAndLineBreaksInQuotes() throws IOException {
    Written mixed =
        Written.text(
            folder,
            "email,name\r\n"
                + "a@example.com,Ada\r"
                + "b@example.com,\"Bo\r\n"
                + "the Great\"\n\r\n\n"
                + "c@example.com,Cy");
    Written carriageReturns = Written.text(folder, "email,name\ra@example.com,Ada\rb@e.com,Bo\r");

    assertEquals(List.of("Ada", "Bo the Great", "Cy"), mixed.names());
    assertEquals(List.of("Ada", "Bo"), carriageReturns.names());
  }

  @Test
  void refusesAHundredThousandColumns() {
    Written file = Written.text(folder, "c,".repeat(100_000) + "\n" + "1,".repeat(100_000));

    assertTrue(refusal(file).contains("more than 2,000 columns"));
  }

  @Test
  void keepsColumnsOfTheSameNameApart() throws IOException {
    Written file = Written.text(folder, "email,note,note,\na@example.com,p,q,\n");

    Survey survey = file.survey();

    assertEquals(List.of("email", "trait:note", "trait:note_2", "trait:column_4"), targets(survey));
    assertTrue(survey.notes().stream().anyMatch(note -> note.en().contains("same name: note")));
    assertEquals(
        Map.of("note", "p", "note_2", "q"),
        file.pulled().of(Fetched.Customer.class).getFirst().traits());
  }

  @Test
  void doesWithoutAHeader() throws IOException {
    Written file = Written.text(folder, "Ada,a@example.com,31\nBo,b@example.com,45\n");

    assertEquals("no", file.survey().detected().get("header"));
    assertEquals(List.of("a@example.com", "b@example.com"), file.addresses());
    assertEquals(2, file.survey().rows());
  }

  @Test
  void findsColumnsInWhateverOrder() throws IOException {
    Written file = Written.text(folder, "年龄,姓名,电子邮件\n31,王芳,wang@example.cn\n");

    assertEquals(List.of("trait:age", "trait:name", "email"), targets(file.survey()));
    assertEquals(List.of("wang@example.cn"), file.addresses());
  }

  @Test
  void refusesAMappingForOtherColumns() throws IOException {
    Written file = Written.text(folder, "email,name\na@example.com,Ada\n");
    var mapping = new Mapping(Mapping.Kind.CUSTOMERS, List.of("email"));

    var refusal = assertThrows(Unreadable.class, () -> Pulled.from(file.opened(), mapping, ""));

    assertTrue(refusal.reason().en().contains("2 columns, but 1 were mapped"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void findsTheDelimiter(String delimiter) throws IOException {
    String text = "email,name,score\na@example.com,\"A, B; C|D\tE\",1\nb@example.com,Bo,2\n";
    Written file =
        Written.text(folder, text.replace(",", delimiter).replace("A" + delimiter + " B", "A, B"));

    assertEquals(Delimiters.word(delimiter.charAt(0)), file.survey().detected().get("delimiter"));
    assertEquals(List.of("A, B; C|D\tE".replace("\t", " "), "Bo"), file.names());
  }

  @Test
  void readsDecimalCommasAndSpreadsheetDates() throws IOException {
    Written file =
        Written.text(
            folder,
            "E-Mail;Umsatz;birthday\na@example.com;1.234,50;36526\nb@example.com;12,00;36527,5\n");

    Survey survey = file.survey();

    assertEquals(",", survey.detected().get("decimal"));
    assertEquals("Excel", survey.detected().get("dates"));
    Map<String, Object> facts = file.pulled().of(Fetched.Customer.class).getFirst().traits();
    assertEquals("1234.50", facts.get("umsatz").toString());
    assertEquals("2000-01-01T00:00:00Z", facts.get("birthday").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b0800, packed file",
    "504b0304140000, packed file",
    "504b03045b436f6e74656e745f54797065735d2e786d6c, 'save it as CSV: in Excel and WPS'",
    "504b0304496e6465782f446f63756d656e742e697761, 'in Numbers by File, Export To, CSV'",
    "504b03046d696d65747970656f70656e646f63756d656e742e7370726561647368656574, save it as CSV",
    "d0cf11e0a1b11ae1, save it as CSV",
    "255044462d312e37, PDF",
    "28b52ffd, packed file"
  })
  void refusesOtherKindsOfFilesInOneSentence(String bytes, String sentence) {
    Written file = Written.bytes(folder, HexFormat.of().parseHex(bytes), new byte[100]);

    assertTrue(refusal(file).contains(sentence), refusal(file));
    assertTrue(assertThrows(Unreadable.class, file::survey).reason().zh().contains("CSV"));
  }

  @Test
  void refusesAnEmptyFileAndNone() {
    assertTrue(refusal(Written.bytes(folder)).contains("empty"));
    assertTrue(refusal(new Written(folder.resolve("none.csv"))).contains("no file"));
  }

  private static String refusal(Written file) {
    return assertThrows(Unreadable.class, file::survey).reason().en();
  }

  private static List<String> names(Survey survey) {
    return survey.fields().stream().map(Survey.Field::name).toList();
  }

  private static List<String> targets(Survey survey) {
    return survey.guess().targets();
  }

  @Test
  void readsAHeaderWithoutRowsAndRefusesABrokenOne() throws IOException {
    Written empty = Written.text(folder, "email,name\n");
    Written broken = Written.text(folder, "email,\"name\na@example.com,Ada\n");

    assertEquals(0, empty.survey().rows());
    assertEquals(List.of(), empty.pulled().records());
    assertTrue(refusal(broken).contains("first row"));
  }
}
