package soloist.connector.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soloist.connector.csv.Dates.Order;
import soloist.spi.Fetched;
import soloist.spi.Survey;

/** Numbers, dates, addresses and words as people write them. */
class ValuesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".|12|12",
        ".|-1234.50|-1234.50",
        ".|1,234.56|1234.56",
        ".|¥1,234|1234",
        ".|￥99.00|99.00",
        ".|$ 5|5",
        ".|-£3.20|-3.20",
        ".|£-3.20|-3.20",
        ".|(12.00)|-12.00",
        ".|12.5%|0.125",
        ".|99元|99",
        ".|１２３|123",
        ".|EUR 7|7",
        ".|1.5E+3|1.5E+3",
        ",|1.234,56|1234.56",
        ",|12,50 €|12.50",
        ",|1 234,5|1234.5",
        ",|1'000|1000",
        ".|1'000'000|1000000",
        ".|1.2.3|none",
        ".|12,34|none",
        ".|abc|none",
        ".|1,2345|none",
        ",|1.23|none",
        ".|--5|none",
        ".|1234567890123456789012345678901|none",
        ".|.|none"
      })
  void readsNumbers(char decimal, String written, String number) {
    assertEquals(
        number, Numbers.parse(written, decimal).map(Object::toString).orElse("none"), written);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO, 2024-02-03, 2024-02-02T16:00:00Z",
    "ISO, 2024-02-03T10:20:30Z, 2024-02-03T10:20:30Z",
    "ISO, 2024-02-03 10:20:30.250, 2024-02-03T02:20:30.250Z",
    "ISO, 2024-02-03T10:20:30+01:00, 2024-02-03T09:20:30Z",
    "MDY, 2024年2月3日, 2024-02-02T16:00:00Z",
    "YMD, 2024/2/3 9:05, 2024-02-03T01:05:00Z",
    "YMD, 20240203, 2024-02-02T16:00:00Z",
    "DMY, 03/02/2024, 2024-02-02T16:00:00Z",
    "MDY, 03/02/2024, 2024-03-01T16:00:00Z",
    "MDY, 3/2/24 1:30 PM, 2024-03-02T05:30:00Z",
    "YMD, 2024/2/3 下午 1:30, 2024-02-03T05:30:00Z",
    "DMY, 03.02.69, 2069-02-02T16:00:00Z",
    "Excel, 45325.5, 2024-02-03T04:00:00Z",
    "DMY, 31/02/2024, none",
    "ISO, 03/02/2024, none",
    "DMY, 45325, none",
    "ISO, 2024-13-01, none",
    "ISO, soon, none"
  })
  void readsDatesInTheZone(String order, String written, String instant) {
    assertEquals(
        instant,
        Dates.parse(
                written, Order.valueOf(order.toUpperCase(Locale.ROOT)), ZoneId.of("Asia/Shanghai"))
            .map(Object::toString)
            .orElse("none"));
  }

  @ParameterizedTest
  @CsvSource({
    "' Ada@EXAMPLE.com ', Ada@example.com",
    "ada＠ｅｘａｍｐｌｅ.com, ada@example.com",
    "ada@example。com, ada@example.com",
    "ada@example.com., ada@example.com",
    "mailto:ada@example.com, ada@example.com",
    "ada@müller.example, ada@xn--mller-kva.example",
    "ada@MÜLLER.example, ada@xn--mller-kva.example",
    "ada@XN--MLLER-KVA.example, ada@xn--mller-kva.example",
    "用户@例子.中国, 用户@xn--fsqu00a.xn--fiqs8s",
    "ada@straße.example, email-ambiguous",
    "ada, email-invalid",
    "a@b@example.com, email-invalid",
    "ada@localhost, email-invalid",
    "ada@-x.com, email-invalid",
    "'a da@example.com', email-invalid",
    "ada@exa mple.com, email-invalid",
    "@example.com, email-invalid"
  })
  void bringsAddressesToOneForm(String written, String form) {
    assertEquals(form, form(written));
  }

  private static String form(String written) {
    try {
      return EmailAddress.normalise("email", written);
    } catch (RowFault fault) {
      return fault.getMessage();
    }
  }

  @Test
  void givesEachFactTheTypeOfItsColumn() throws IOException {
    Written file =
        Written.text(
            folder,
            "email,age,purchased,性别,plz,born,rate,vip\n"
                + "a@example.com,31,yes,男,01067,2000-01-02,12%,是\n"
                + "b@example.com,n/a,no,女,80331,,8%,否\n");

    assertEquals(
        List.of("text", "number", "boolean", "text", "text", "date", "number", "boolean"),
        file.survey().fields().stream().map(Survey.Field::type).toList());
    var customers = file.pulled().of(Fetched.Customer.class);
    assertEquals(
        "{age=31, purchased=true, gender=男, plz=01067, born=2000-01-02T00:00:00Z, rate=0.12,"
            + " vip=true}",
        customers.get(0).traits().toString());
    assertEquals(
        "{purchased=false, gender=女, plz=80331, rate=0.08, vip=false}",
        customers.get(1).traits().toString());
  }

  @Test
  void saysWhereDatesCanBeReadInTwoWays() throws IOException {
    String text = "email,joined\na@example.com,01/02/2024\nb@example.com,03/04/2024\n";

    Survey everywhere = Written.text(folder, text).survey();
    Survey american = Written.text(folder, text).with("country", "US").survey();
    Survey clear = Written.text(folder, text + "c@example.com,04/13/2024\n").survey();

    assertEquals("DMY", everywhere.detected().get("dates"));
    assertEquals(1, everywhere.notes().size());
    assertEquals("MDY", american.detected().get("dates"));
    assertEquals(1, american.notes().size());
    assertEquals("MDY", clear.detected().get("dates"));
    assertEquals(List.of(), clear.notes());
  }

  @Test
  void rejectsWhatIsNotOfItsType() throws IOException {
    var text = new StringBuilder("user id,email,age,since\n");
    for (int i = 0; i < 30; i++) {
      text.append("u").append(i).append(",,").append(i).append(",2024-01-01\n");
    }
    text.append("x1,nobody,1,2024-01-01\nx2,,old,2024-01-01\nx3,,1,2024-02-31\n,,1,2024-01-01\n");
    text.append("4.01E+15,,1,2024-01-01\n");
    Written file = Written.text(folder, text.toString());

    assertEquals(
        List.of(
            "31 email email-invalid",
            "32 age number-invalid",
            "33 since date-invalid",
            "34  identifier-missing",
            "35 user id id-rounded"),
        file.rejected());
  }

  @Test
  void namesTheValueInBothLanguages() {
    var reason = Fault.NUMBER_INVALID.reason("12 %s " + "9".repeat(100));

    assertTrue(reason.en().startsWith("“12 %s 999"));
    assertTrue(reason.zh().contains("不是数字"));
    assertTrue(reason.en().length() < 200);
  }

  @Test
  void hasAWordAndASentenceInBothLanguagesForEachFault() {
    for (Fault fault : Fault.values()) {
      if (fault != Fault.NONE) {
        assertTrue(fault.word().matches("[a-z][a-z-]+"), fault.word());
        String en = fault.reason("a", "b").en();
        String zh = fault.reason("a", "b").zh();
        assertFalse(en.isBlank() || zh.isBlank(), fault.word());
        assertFalse(en.contains("%") || zh.contains("%"), fault.word());
      }
    }
  }

  @Test
  void takesDatesWithoutAZoneInTheOneThatWasSet() throws IOException {
    var file =
        Written.text(folder, "email,joined\na@example.com,2024-02-03\n").with("zone", "Asia/Tokyo");

    assertEquals(
        "{joined=2024-02-02T15:00:00Z}",
        file.pulled().of(Fetched.Customer.class).getFirst().traits().toString());
    assertEquals(Optional.empty(), Dates.parse("x", Order.ISO, ZoneOffset.UTC));
    assertThrows(IllegalArgumentException.class, () -> file.with("zone", "Mars").opened());
  }
}
