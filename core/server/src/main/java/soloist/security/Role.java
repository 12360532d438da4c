package soloist.security;

import static soloist.http.Permission.AUDIT_READ;
import static soloist.http.Permission.CUSTOMERS_ERASE;
import static soloist.http.Permission.CUSTOMERS_EXPORT;
import static soloist.http.Permission.CUSTOMERS_READ;
import static soloist.http.Permission.CUSTOMERS_WRITE;
import static soloist.http.Permission.EVENTS_WRITE;
import static soloist.http.Permission.MARKETING_WRITE;
import static soloist.http.Permission.SECRETS_WRITE;
import static soloist.http.Permission.SETTINGS_WRITE;
import static soloist.http.Permission.SYSTEM_READ;
import static soloist.http.Permission.TOKENS_WRITE;
import static soloist.http.Permission.USERS_WRITE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import soloist.http.Permission;

/** What a person is here for. There is one owner, who is made by the first start. */
enum Role {
  OWNER(Set.of(Permission.values())),
  ADMIN(
      Set.of(
          CUSTOMERS_READ,
          SYSTEM_READ,
          AUDIT_READ,
          EVENTS_WRITE,
          CUSTOMERS_WRITE,
          MARKETING_WRITE,
          SETTINGS_WRITE,
          CUSTOMERS_EXPORT,
          CUSTOMERS_ERASE,
          SECRETS_WRITE,
          USERS_WRITE,
          TOKENS_WRITE)),
  MARKETER(Set.of(CUSTOMERS_READ, SYSTEM_READ, CUSTOMERS_WRITE, MARKETING_WRITE)),
  ANALYST(Set.of(CUSTOMERS_READ, SYSTEM_READ)),
  DEVELOPER(Set.of(CUSTOMERS_READ, SYSTEM_READ, EVENTS_WRITE, TOKENS_WRITE));

  private final Set<Permission> may;

  Role(Set<Permission> may) {
    this.may = may;
  }

  public Set<Permission> may() {
    return may;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> find(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }
}
