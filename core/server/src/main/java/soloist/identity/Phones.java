package soloist.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Pattern;

/** Telephone numbers, of which each has one form: that of E.164, such as +493012345678. */
final class Phones {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{6,17}");
  private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{6,15}");

  private Phones() {}

  /**
   * @param country that numbers without a code are of; empty when it is not known, then they stay
   *     as they are
   */
  static Optional<String> normal(String text, String country) {
    String plain = text.replaceAll("[\\s()./-]", "");
    if (!NUMBER.matcher(plain).matches()) {
      return Optional.empty();
    }
    return international(text, country)
        .or(() -> Optional.of(plain).filter(it -> DIGITS.matcher(it).matches()));
  }

  private static Optional<String> international(String text, String country) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(text, country.isEmpty() ? null : country);
      return numbers.isPossibleNumber(number)
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }
}
