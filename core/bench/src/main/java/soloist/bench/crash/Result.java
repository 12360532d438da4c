package soloist.bench.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;
import soloist.testkit.Delivered;

/**
 * What a run left behind.
 *
 * @param accepted e-mail by id of each event that was answered 202
 * @param inflight id and fence of each message that was marked as being sent when a server was
 *     killed
 * @param mails what the mail server took
 * @param points where servers were killed
 * @param slowestStart from the start of a process to its first answer, in milliseconds
 */
record Result(
    Snapshot snapshot,
    Set<String> people,
    Map<String, String> accepted,
    Set<String> inflight,
    List<Delivered> mails,
    List<KillPoint> points,
    long slowestStart,
    boolean holds) {

  /** How often a message may have been on its way when a server was killed. */
  long timesInflight(String message) {
    return inflight.stream().filter(each -> each.startsWith(message + "#")).count();
  }
}
