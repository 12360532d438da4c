package soloist.rules.judge;

import java.util.List;

/**
 * Decides what campaigns do. Pure: the same situations give the same decisions. Safe for use by
 * many threads.
 */
public interface Judge {

  /**
   * Decides a batch; situations do not see each other.
   *
   * @return one list per situation, in the same order; its decisions are ordered by campaign id,
   *     then version. Empty where no rule of any campaign concerns the cause
   */
  List<List<Decision>> judge(List<Situation> situations);

  /**
   * Whether any rule has this cause. Where none has, {@link #judge} decides nothing, and need not
   * be asked.
   */
  boolean concerns(Cause cause);
}
