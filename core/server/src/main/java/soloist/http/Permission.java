package soloist.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a role or an API token allows. */
public enum Permission implements Access {
  /** To see customers, what they were sent and why, segments and campaigns. */
  CUSTOMERS_READ(Weight.READ),
  /** To see what runs: status, jobs, plugins. */
  SYSTEM_READ(Weight.READ),
  AUDIT_READ(Weight.READ),
  /** To tell events. Each is a row of the journal, so the audit log need not name them. */
  EVENTS_WRITE(Weight.USUAL),
  /** To bring in files and correct customers by hand. */
  CUSTOMERS_WRITE(Weight.USUAL),
  /** To make segments and campaigns and let messages go. */
  MARKETING_WRITE(Weight.USUAL),
  SETTINGS_WRITE(Weight.USUAL),
  /** To take customers out of here, as a backup does. */
  CUSTOMERS_EXPORT(Weight.GRAVE),
  /** To make the platform forget a customer for good. */
  CUSTOMERS_ERASE(Weight.GRAVE),
  /** To set passwords and keys of other services. */
  SECRETS_WRITE(Weight.GRAVE),
  PLUGINS_INSTALL(Weight.GRAVE),
  USERS_WRITE(Weight.GRAVE),
  /** To make API tokens for oneself. */
  TOKENS_WRITE(Weight.GRAVE);

  private enum Weight {
    READ,
    USUAL,
    GRAVE
  }

  private final Weight weight;

  Permission(Weight weight) {
    this.weight = weight;
  }

  /** As the API writes it, such as {@code customers:read}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ':');
  }

  public static Optional<Permission> find(String text) {
    return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
  }

  /** Whether nothing changes by it. */
  public boolean isRead() {
    return weight == Weight.READ;
  }

  /** Whether what it changes is known of customers, who may ask for it to be forgotten. */
  public boolean isOfCustomers() {
    return this == CUSTOMERS_WRITE || this == CUSTOMERS_EXPORT || this == CUSTOMERS_ERASE;
  }

  /** Whether a person is asked for the passphrase again; no API token has it. */
  public boolean isGrave() {
    return weight == Weight.GRAVE;
  }
}
