package soloist.bench.crash;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where a server can be ended. All but the last three are caught there by name. */
public enum KillPoint {
  JUDGED(8),
  REDO_WRITTEN(8),
  OUTBOX_WRITTEN(8),
  DECISIONS_WRITTEN(8),
  PROFILES_WRITTEN(8),
  /** Rarer: only who becomes somebody else passes it. */
  IDENTIFIERS_LED(1),
  ROWS_JOURNALLED(2),
  CURSOR_WRITTEN(8),
  CLAIMED(4),
  MARKED(4),
  SENT(4),
  SETTLED(4),
  /** At {@link #OUTBOX_WRITTEN}, and twice more while the next processes finish that commit. */
  RECOVERY(8),
  /** Told to end by SIGTERM, twice, when so many more events have been answered. */
  ASKED(30),
  /** Wherever it is when so many more events have been answered. */
  RANDOM(30);

  private final int mostPassings;

  KillPoint(int mostPassings) {
    this.mostPassings = mostPassings;
  }

  public static List<KillPoint> all() {
    return Arrays.asList(values());
  }

  /** At which passing, counted from 1, low enough to come in any part of the load. */
  int passing(RandomGenerator random) {
    return 1 + random.nextInt(mostPassings);
  }
}
