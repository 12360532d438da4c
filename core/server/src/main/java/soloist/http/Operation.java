package soloist.http;

/**
 * What a route does.
 *
 * @param path a template such as {@code /api/v1/jobs/:id}
 */
public record Operation(String method, String path, Access access) {

  @Override
  public String toString() {
    return method + " " + path;
  }

  /** Whether something may be otherwise afterwards by the doing of somebody who is known. */
  boolean isChange() {
    if (method.equals("GET")) {
      return false;
    }
    return switch (access) {
      case Door door -> door == Door.PERSON || door == Door.MACHINE;
      case Permission permission -> !permission.isRead() && permission != Permission.EVENTS_WRITE;
    };
  }

  /** The template of the thing itself: {@code /a/:id} of {@code /a/:id/remove}. */
  String thing() {
    int parameter = path.lastIndexOf("/:");
    int end = path.indexOf('/', parameter + 1);
    return parameter < 0 || end < 0 ? path : path.substring(0, end);
  }
}
