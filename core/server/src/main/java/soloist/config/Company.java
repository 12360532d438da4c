package soloist.config;

import java.time.ZoneId;
import java.util.Currency;
import org.bson.Document;
import soloist.spi.Text;
import soloist.store.Values;

/**
 * The company that mails come from.
 *
 * @param language of what is not addressed to one person, {@code en} or {@code zh-CN}
 * @param timeZone that its days begin in
 * @param currency that its sums are told in
 * @param sender its legal name, in every mail
 * @param postalAddress which marketing mail must show
 * @param country that telephone numbers without a code are of, by its two letters (ISO 3166); empty
 *     when it is not known
 * @param agreement the sentence that people agree to when they let themselves be written to
 */
public record Company(
    String language,
    ZoneId timeZone,
    Currency currency,
    String sender,
    String postalAddress,
    String country,
    Text agreement) {

  static final Text NO_AGREEMENT = new Text("", "");

  static Company usual(String sender, String postalAddress) {
    return new Company(
        "en",
        ZoneId.of("UTC"),
        Currency.getInstance("EUR"),
        sender,
        postalAddress,
        "",
        NO_AGREEMENT);
  }

  static Company of(Document document) {
    Document agreement = Values.document(document, "agreement");
    return new Company(
        document.getString("language"),
        ZoneId.of(document.getString("timeZone")),
        Currency.getInstance(document.getString("currency")),
        document.getString("sender"),
        document.getString("postalAddress"),
        document.get("country", ""),
        new Text(agreement.get("en", ""), agreement.get("zh-CN", "")));
  }

  Document document() {
    return new Document("language", language)
        .append("timeZone", timeZone.getId())
        .append("currency", currency.getCurrencyCode())
        .append("sender", sender)
        .append("postalAddress", postalAddress)
        .append("country", country)
        .append("agreement", new Document("en", agreement.en()).append("zh-CN", agreement.zh()));
  }
}
