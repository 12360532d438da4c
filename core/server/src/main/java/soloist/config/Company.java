package soloist.config;

import java.time.ZoneId;
import java.util.Currency;
import org.bson.Document;

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
 */
public record Company(
    String language,
    ZoneId timeZone,
    Currency currency,
    String sender,
    String postalAddress,
    String country) {

  static Company usual(String sender, String postalAddress) {
    return new Company(
        "en", ZoneId.of("UTC"), Currency.getInstance("EUR"), sender, postalAddress, "");
  }

  static Company of(Document document) {
    return new Company(
        document.getString("language"),
        ZoneId.of(document.getString("timeZone")),
        Currency.getInstance(document.getString("currency")),
        document.getString("sender"),
        document.getString("postalAddress"),
        document.get("country", ""));
  }

  Document document() {
    return new Document("language", language)
        .append("timeZone", timeZone.getId())
        .append("currency", currency.getCurrencyCode())
        .append("sender", sender)
        .append("postalAddress", postalAddress)
        .append("country", country);
  }
}
