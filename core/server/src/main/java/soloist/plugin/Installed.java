package soloist.plugin;

import java.util.Objects;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of a plugin.
 *
 * @param current the version that counts, null as long as nobody has confirmed one
 * @param previous what a rollback brings back
 * @param candidate uploaded and not yet confirmed
 */
record Installed(
    String id,
    @Nullable Version current,
    @Nullable Version previous,
    @Nullable Version candidate,
    boolean enabled) {

  /**
   * One version.
   *
   * @param shipped whether it came with Soloist and so is trusted as Soloist is
   */
  record Version(String sha256, String number, boolean shipped) {
    private Document document() {
      return new Document("sha256", sha256).append("version", number).append("shipped", shipped);
    }

    private static @Nullable Version of(@Nullable Document stored) {
      return stored == null
          ? null
          : new Version(
              stored.getString("sha256"),
              stored.getString("version"),
              stored.getBoolean("shipped", false));
    }
  }

  static Installed of(Document stored) {
    return new Installed(
        stored.getString("_id"),
        Version.of(stored.get("current", Document.class)),
        Version.of(stored.get("previous", Document.class)),
        Version.of(stored.get("candidate", Document.class)),
        stored.getBoolean("enabled", false));
  }

  Document document() {
    return new Document("_id", id)
        .append("current", current == null ? null : current.document())
        .append("previous", previous == null ? null : previous.document())
        .append("candidate", candidate == null ? null : candidate.document())
        .append("enabled", enabled);
  }

  boolean isShipped() {
    return current != null && current.shipped();
  }

  boolean holds(String sha256) {
    return Stream.of(current, previous, candidate)
        .filter(Objects::nonNull)
        .anyMatch(version -> version.sha256().equals(sha256));
  }

  Installed with(@Nullable Version newCandidate) {
    return new Installed(id, current, previous, newCandidate, enabled);
  }

  Installed enabled(boolean on) {
    return new Installed(id, current, previous, candidate, on);
  }

  /** A version takes the place of the current one, which stays for a rollback. */
  Installed replacedBy(Version next) {
    boolean isSame = current != null && current.sha256().equals(next.sha256());
    return new Installed(
        id,
        next,
        isSame ? previous : current,
        candidate != null && candidate.sha256().equals(next.sha256()) ? null : candidate,
        true);
  }
}
