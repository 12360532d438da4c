package soloist.imports;

import java.io.IOException;
import java.util.Map;
import soloist.http.Problem;
import soloist.job.Jobs;

/** A way back that is made before a file is brought in. */
public interface Safeguard {

  /**
   * Checks that there is room for it.
   *
   * @throws Problem when there is not: nothing is to be imported then
   */
  void requireRoom();

  /**
   * Makes it, or says why none is needed.
   *
   * @return {@code made}, with the {@code file} or the {@code reason} that there is none: {@code
   *     recent} or {@code elsewhere}
   * @throws IOException when it cannot be made; the message says so in both languages
   */
  Map<String, Object> make(Jobs.Progress progress) throws IOException;
}
