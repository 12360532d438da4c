package soloist.config;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Map;
import java.util.Set;
import soloist.http.Json;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Texts;
import soloist.spi.Text;

/** The company over HTTP. */
public final class CompanyEndpoint {
  private static final String PATH = "/api/v1/company";
  private static final String COUNTRY = "country";
  private static final String AGREEMENT = "agreement";
  private static final int NAME = 200;
  private static final int ADDRESS = 500;
  private static final int SENTENCE = 1_000;

  private final CompanySettings settings;

  public CompanyEndpoint(CompanySettings settings) {
    this.settings = settings;
  }

  public void mount(Routes api) {
    api.get(PATH, Permission.SYSTEM_READ, _ -> Reply.json(shown(settings.now())));
    api.change(PATH, Permission.SETTINGS_WRITE, this::change);
  }

  private Reply change(Request request) {
    JsonObject typed = request.json();
    JsonObject now = Json.object(shown(settings.now()));
    for (String later : List.of(COUNTRY, AGREEMENT)) {
      if (!typed.containsKey(later)) {
        typed.put(later, now.getValue(later));
      }
    }
    settings.set(read(typed));
    return Reply.json(shown(settings.now()));
  }

  /** As the API tells it. */
  public static Map<String, Object> shown(Company company) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("language", company.language());
    shown.put("timeZone", company.timeZone().getId());
    shown.put("currency", company.currency().getCurrencyCode());
    shown.put("sender", company.sender());
    shown.put("postalAddress", company.postalAddress());
    shown.put(COUNTRY, company.country());
    Text agreement = company.agreement();
    shown.put(AGREEMENT, Map.of(Texts.ENGLISH, agreement.en(), Texts.CHINESE, agreement.zh()));
    return shown;
  }

  /**
   * What somebody has typed in.
   *
   * @throws Problem that names every fault
   */
  public static Company read(JsonObject body) {
    List<Problem.Detail> faults = new ArrayList<>();
    String language = text(body, "language");
    if (!Set.of(Texts.ENGLISH, Texts.CHINESE).contains(language)) {
      faults.add(fault("/language", "company-language"));
    }
    String zone = text(body, "timeZone");
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      faults.add(fault("/timeZone", "company-zone"));
    }
    String currency = text(body, "currency");
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
      faults.add(fault("/currency", "company-currency"));
    }
    String sender = text(body, "sender").strip();
    if (!isLine(sender, NAME)) {
      faults.add(fault("/sender", "company-sender"));
    }
    String address = text(body, "postalAddress").strip();
    if (!isLine(address, ADDRESS)) {
      faults.add(fault("/postalAddress", "company-address"));
    }
    String country = text(body, COUNTRY);
    if (!country.isEmpty()
        && !Locale.getISOCountries(IsoCountryCode.PART1_ALPHA2).contains(country)) {
      faults.add(fault("/country", "company-country"));
    }
    Text agreement = agreement(body, faults);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new Company(
        language,
        ZoneId.of(zone),
        Currency.getInstance(currency),
        sender,
        address,
        country,
        agreement);
  }

  private static Text agreement(JsonObject body, List<Problem.Detail> faults) {
    if (!(body.getValue(AGREEMENT) instanceof JsonObject written)) {
      return Company.NO_AGREEMENT;
    }
    for (String language : List.of(Texts.ENGLISH, Texts.CHINESE)) {
      String sentence = text(written, language).strip();
      if (!sentence.isEmpty() && !isLine(sentence, SENTENCE)) {
        faults.add(fault("/" + AGREEMENT + "/" + language, "company-agreement"));
      }
    }
    return new Text(text(written, Texts.ENGLISH).strip(), text(written, Texts.CHINESE).strip());
  }

  private static Problem.Detail fault(String pointer, String code) {
    return new Problem.Detail(pointer, code, List.of());
  }

  private static boolean isLine(String text, int longest) {
    return !text.isEmpty() && text.length() <= longest && !text.matches("(?s).*\\p{Cntrl}.*");
  }

  private static String text(JsonObject body, String field) {
    return body.getValue(field) instanceof String text ? text : "";
  }
}
