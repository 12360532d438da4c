package soloist.config;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import soloist.store.Store;

/** What the owner has answered about the company; until then, what the command line says. */
public final class CompanySettings {
  private static final String ID = "company";

  private final Store store;
  private final Company usual;
  private volatile @Nullable Company known;

  public CompanySettings(Store store, Config config) {
    this.store = store;
    usual = Company.usual(config.sender(), config.postalAddress());
  }

  public Company now() {
    Company now = known;
    if (now == null) {
      Document stored = store.state().find(eq("_id", ID)).first();
      now = stored == null ? usual : Company.of(stored);
      known = now;
    }
    return now;
  }

  public void set(Company company) {
    store
        .state()
        .replaceOne(
            eq("_id", ID), company.document().append("_id", ID), new ReplaceOptions().upsert(true));
    known = company;
  }
}
