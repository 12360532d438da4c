package soloist.bench.crash;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the server of the moment answers, and whom. */
final class Address {
  private @Nullable Place place;

  /**
   * One server.
   *
   * @param token that its API lets in
   */
  record Place(URI url, String token) {
    HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token);
    }
  }

  synchronized void set(@Nullable Place now) {
    place = now;
    notifyAll();
  }

  /** Waits until there is one. */
  synchronized Place await(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Place now = place;
      if (now != null) {
        return now;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException("no server came within " + limit);
      }
      wait(left);
    }
  }

  /** Waits until this one is not the address any more, but no longer than the pause. */
  synchronized void awaitOther(Place old, Duration pause) throws InterruptedException {
    if (old.equals(place)) {
      wait(pause.toMillis());
    }
  }
}
