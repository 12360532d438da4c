package soloist.security;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import soloist.http.Door;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/**
 * Everybody's own second factor: shown once, on when a code of it has come back, off by passphrase
 * and code. Either change ends where else the person is signed in.
 */
final class SecondFactorEndpoint {
  private static final String PATH = "/api/v1/second-factor";

  private final Users users;
  private final Sessions sessions;
  private final SecondFactors factors;
  private final SignIn signIn;

  SecondFactorEndpoint(Users users, Sessions sessions, SecondFactors factors, SignIn signIn) {
    this.users = users;
    this.sessions = sessions;
    this.factors = factors;
    this.signIn = signIn;
  }

  void mount(Routes api) {
    api.get(PATH, Door.PERSON, request -> state(self(request)));
    api.post(PATH + "/begin", Door.PERSON, this::begin);
    api.post(PATH + "/turn-on", Door.PERSON, this::turnOn);
    api.post(PATH + "/turn-off", Door.PERSON, this::turnOff);
  }

  private Reply state(User user) {
    Map<String, Object> shown = new LinkedHashMap<>();
    Optional<SecondFactors.State> state = factors.state(user);
    shown.put("on", state.isPresent());
    shown.put("since", state.map(SecondFactors.State::since).orElse(null));
    shown.put("recoveryLeft", state.map(SecondFactors.State::recoveryCodes).orElse(0));
    return Reply.json(shown);
  }

  private Reply begin(Request request) {
    User user = self(request);
    requirePassphrase(user, request);
    if (user.hasSecondFactor()) {
      throw new Problem(409, "factor-on", List.of(), Map.of());
    }
    SecondFactors.Begun begun = factors.begin(user);
    return Reply.json(Map.of("key", begun.key(), "link", begun.link()));
  }

  private Reply turnOn(Request request) {
    User user = self(request);
    if (user.hasSecondFactor()) {
      throw new Problem(409, "factor-on", List.of(), Map.of());
    }
    List<String> codes =
        signIn
            .limited(user, () -> factors.turnOn(user, code(request)))
            .orElseThrow(() -> Problem.invalid("/code", "factor-code"));
    sessions.endOthers(user.id(), request.caller().session());
    return Reply.json(Map.of("recoveryCodes", codes));
  }

  private Reply turnOff(Request request) {
    User user = self(request);
    requirePassphrase(user, request);
    if (!signIn.takesCode(user, code(request))) {
      throw Problem.invalid("/code", "factor-code");
    }
    factors.turnOff(user);
    sessions.endOthers(user.id(), request.caller().session());
    return state(user);
  }

  private void requirePassphrase(User user, Request request) {
    String typed = Typed.passphrase(request.json());
    if (!signIn.tryPassphrase(user.email(), request, user.passphrase(), typed)) {
      throw Problem.invalid("/passphrase", "passphrase-wrong");
    }
  }

  private static String code(Request request) {
    JsonObject body = request.json();
    return Typed.text(body, "code", "factor-code");
  }

  private User self(Request request) {
    return users.find(request.caller().id()).orElseThrow(Problem::notFound);
  }
}
