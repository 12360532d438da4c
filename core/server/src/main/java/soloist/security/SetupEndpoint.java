package soloist.security;

import io.vertx.core.json.JsonObject;
import java.util.List;
import soloist.config.Company;
import soloist.config.CompanyEndpoint;
import soloist.config.CompanySettings;
import soloist.http.Caller;
import soloist.http.Door;
import soloist.http.Json;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** The first start: who has the link makes the owner's account, and then all this is gone. */
final class SetupEndpoint {
  private final SetupLink link;
  private final Users users;
  private final CompanySettings company;
  private final SignIn signIn;
  private final Audit audit;
  private final JsonObject offered;

  /**
   * @param offered what the form is filled in with, beside what is known of the company
   */
  SetupEndpoint(
      SetupLink link,
      Users users,
      CompanySettings company,
      SignIn signIn,
      Audit audit,
      JsonObject offered) {
    this.link = link;
    this.users = users;
    this.company = company;
    this.signIn = signIn;
    this.audit = audit;
    this.offered = offered;
  }

  void mount(Routes api) {
    api.post("/api/v1/setup/begin", Door.SETUP, this::begin);
    api.post("/api/v1/setup", Door.SETUP, this::finish);
  }

  private Reply begin(Request request) {
    check(request);
    return Reply.json(
        200, Json.object(CompanyEndpoint.shown(company.now())).mergeIn(offered, true));
  }

  private Reply finish(Request request) {
    check(request);
    JsonObject body = request.json();
    String email = Typed.email(body);
    String passphrase = Typed.passphrase(body);
    GoodPassphrase.check("/passphrase", passphrase, email);
    Company typed = CompanyEndpoint.read(body);
    User owner = users.add(email, Role.OWNER, signIn.hash(passphrase));
    company.set(typed);
    link.close();
    audit.note(
        new Audit.Entry(
            new Caller(Caller.Kind.PERSON, owner.id(), owner.email(), owner.role().may(), ""),
            "set-up",
            request.target(),
            201,
            request.from(),
            List.of()));
    return signIn.begin(201, owner, request);
  }

  private void check(Request request) {
    link.check(Typed.text(request.json(), "token", "setup-token"));
  }
}
