package soloist.lane;

import java.util.Collection;

/**
 * Somebody else wrote profiles that a batch was judged from: it was dropped, to be judged again.
 */
final class StaleProfiles extends RuntimeException {
  private static final long serialVersionUID = 1;

  StaleProfiles(Collection<String> ids) {
    super("somebody else than the lane has written the profiles " + ids);
  }
}
