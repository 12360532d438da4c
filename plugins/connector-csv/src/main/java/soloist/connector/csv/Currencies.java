package soloist.connector.csv;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import soloist.spi.Text;

/** What a sign of currency means; a country decides where several use it. */
final class Currencies {
  private Currencies() {}

  /**
   * @param sign a sign, or three letters
   * @return ISO 4217; empty when it is none
   */
  static String of(String sign, @Nullable String country, List<Text> notes) {
    return switch (sign) {
      case "€" -> "EUR";
      case "£" -> "GBP";
      case "元" -> "CNY";
      case "¥" -> "JP".equals(country) ? "JPY" : noted("CNY", sign, notes);
      case "$" -> {
        String local = country == null ? "" : local(country);
        yield local.endsWith("D") ? local : noted("USD", sign, notes);
      }
      case "RMB" -> "CNY";
      default -> isCode(sign) ? sign : "";
    };
  }

  static boolean isCode(String text) {
    try {
      Currency.getInstance(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String local(String country) {
    Currency currency = Currency.getInstance(Locale.of("", country));
    return currency == null ? "" : currency.getCurrencyCode();
  }

  private static String noted(String currency, String sign, List<Text> notes) {
    notes.add(
        new Text(
            sign + " is taken as " + currency + ". Set the currency if it is another.",
            "“" + sign + "”按 " + currency + " 处理。如果不是，请设置货币。"));
    return currency;
  }
}
