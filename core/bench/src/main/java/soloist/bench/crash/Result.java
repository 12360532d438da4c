package soloist.bench.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.testkit.Delivered;

/**
 * What a run left behind.
 *
 * @param orders how many different ones each person told, by e-mail
 * @param accepted the id of each event that was answered 202
 * @param inflight id and fence of each message that was marked as being sent when a server was
 *     killed
 * @param mails what the mail server took
 * @param points where servers were killed
 * @param slowestStart from the start of a process to its first answer, in milliseconds
 * @param slowestEnd from a SIGTERM to the end of the process, in milliseconds
 */
record Result(
    Snapshot snapshot,
    Map<String, Integer> orders,
    Set<String> accepted,
    Set<String> inflight,
    List<Delivered> mails,
    List<KillPoint> points,
    long slowestStart,
    long slowestEnd,
    boolean holds) {

  /** How often a message may have been on its way when a server was killed. */
  long timesInflight(String message) {
    return inflight.stream().filter(each -> each.startsWith(message + "#")).count();
  }
}
