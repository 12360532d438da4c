package soloist.security;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import soloist.config.CompanySettings;
import soloist.config.PublicAddress;
import soloist.http.Gate;
import soloist.http.Routes;
import soloist.store.Store;

/** Everything about who may do what, made once and mounted together. */
public final class Accounts implements AutoCloseable {
  private final Users users;
  private final Sessions sessions;
  private final Tokens tokens;
  private final Limits limits;
  private final Audit audit;
  private final MachineToken machine;
  private final Passphrases passphrases;
  private final SecondFactors factors;
  private final SetupLink setupLink;
  private final Doorkeeper doorkeeper;

  public Accounts(Path home, Store store, Keys keys, InstantSource clock, PublicAddress address)
      throws IOException {
    users = new Users(store, clock);
    sessions = new Sessions(store, users, keys, clock);
    tokens = new Tokens(store, users, clock);
    limits = new Limits(clock);
    audit = new Audit(store, keys, clock);
    machine = new MachineToken(home);
    passphrases = new Passphrases(keys);
    factors = new SecondFactors(store, keys, clock);
    setupLink = new SetupLink(home, clock);
    doorkeeper = new Doorkeeper(users, sessions, tokens, machine, limits, audit, address);
  }

  public Gate gate() {
    return doorkeeper;
  }

  /**
   * Mounts every route of signing in.
   *
   * @param url what links begin with
   * @param offered what the form of the first start is filled in with
   */
  public void mount(Routes api, CompanySettings company, Supplier<URI> url, JsonObject offered) {
    SignIn signIn = new SignIn(users, sessions, passphrases, factors, doorkeeper, limits, audit);
    signIn.mount(api);
    new SetupEndpoint(setupLink, users, company, signIn, audit, offered).mount(api);
    new AccountEndpoint(users, sessions, signIn, limits).mount(api);
    new SecondFactorEndpoint(users, sessions, factors, signIn).mount(api);
    new UsersEndpoint(users, tokens, factors, url).mount(api);
    new TokensEndpoint(tokens).mount(api);
    new AuditEndpoint(audit).mount(api);
  }

  /** Where the first start goes on, once a start; empty when there is an owner. */
  public Optional<String> setupPath() {
    return users.hasOwner() ? Optional.empty() : Optional.of("/setup#" + setupLink.renew());
  }

  /** By which this machine's commands act. */
  public String machineToken() {
    return machine.text();
  }

  @Override
  public void close() throws IOException {
    passphrases.close();
    machine.close();
  }
}
