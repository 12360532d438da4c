package soloist.delivery;

import soloist.config.PublicAddress;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;

/** The public address over HTTP: what it is, another one, and whether it leads here. */
public final class PublicUrlEndpoint {
  private static final String PATH = "/api/v1/public-url";

  private final PublicAddress address;
  private final PublicUrl url;

  public PublicUrlEndpoint(PublicAddress address, PublicUrl url) {
    this.address = address;
    this.url = url;
  }

  /**
   * Mounts the routes: for those who sign in, and for the server itself, which asks from elsewhere.
   */
  public void mount(Routes api, Routes open) {
    url.mount(open);
    api.get(PATH, Permission.SYSTEM_READ, _ -> Reply.json(url.status()));
    // Invitations lead there, so whoever sets it could let them lead to himself.
    api.change(PATH, Permission.SECRETS_WRITE, this::change);
    api.post(PATH + "/check", Permission.SETTINGS_WRITE, _ -> look());
  }

  private Reply change(Request request) {
    address.set(PublicAddress.read(request.json()));
    return look();
  }

  private Reply look() {
    url.checkNow();
    return Reply.json(url.status());
  }
}
