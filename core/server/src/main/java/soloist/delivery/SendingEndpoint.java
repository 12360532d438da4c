package soloist.delivery;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Routes;

/** Whether messages go out, and the owner's word that they may. */
public final class SendingEndpoint {
  private final SendingHold hold;

  public SendingEndpoint(SendingHold hold) {
    this.hold = hold;
  }

  public void mount(Routes api) {
    api.get("/api/v1/sending", Permission.CUSTOMERS_READ, _ -> reply());
    api.post(
        "/api/v1/sending/release",
        Permission.MARKETING_WRITE,
        _ -> {
          hold.release();
          return reply();
        });
  }

  private Reply reply() {
    Map<String, Object> sending = new LinkedHashMap<>();
    sending.put("held", null);
    hold.held()
        .ifPresent(
            held ->
                sending.put(
                    "held",
                    Map.of(
                        "reason", held.reason().name().toLowerCase(Locale.ROOT),
                        "since", held.since(),
                        "from", held.from())));
    sending.put("waiting", hold.waiting());
    return Reply.json(sending);
  }
}
