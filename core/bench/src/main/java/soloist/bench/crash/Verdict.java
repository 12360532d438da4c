package soloist.bench.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a row of the test plan asks for.
 *
 * @param lost events answered 202 that are not in the journal, and messages that count as sent and
 *     never arrived
 * @param twice orders that were applied more than once
 * @param duplicates second mails
 * @param inflight messages marked as being sent when a server was killed
 * @param uncertain messages that wait for a person
 * @param unknown mails that nobody queued, or to somebody else
 * @param dense whether positions have no gaps
 * @param equal whether all people are as after the undisturbed run
 * @param accepted events answered 202
 * @param mails that the mail server took
 * @param partitions that people were in
 * @param points where servers were killed, in order
 * @param slowestStart from the start of a process to its first answer, in milliseconds
 * @param slowestEnd from a SIGTERM to the end of the process, in milliseconds
 * @param findings everything that is not as promised
 */
public record Verdict(
    long lost,
    long twice,
    long duplicates,
    long inflight,
    long uncertain,
    long unknown,
    boolean dense,
    boolean equal,
    long accepted,
    long mails,
    long partitions,
    List<String> points,
    long slowestStart,
    long slowestEnd,
    double seconds,
    List<String> findings) {

  public Verdict {
    points = List.copyOf(points);
    findings = List.copyOf(findings);
  }

  public boolean passed() {
    return findings.isEmpty() && lost == 0 && twice == 0 && unknown == 0 && dense && equal;
  }

  /** This and another run in one. */
  public Verdict and(Verdict other) {
    return new Verdict(
        lost + other.lost,
        twice + other.twice,
        duplicates + other.duplicates,
        inflight + other.inflight,
        uncertain + other.uncertain,
        unknown + other.unknown,
        dense && other.dense,
        equal && other.equal,
        accepted + other.accepted,
        mails + other.mails,
        Math.min(partitions, other.partitions),
        Stream.concat(points.stream(), other.points.stream()).toList(),
        Math.max(slowestStart, other.slowestStart),
        Math.max(slowestEnd, other.slowestEnd),
        seconds + other.seconds,
        Stream.concat(findings.stream(), other.findings.stream()).toList());
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("ok", passed())
        .put("lost", lost)
        .put("appliedTwice", twice)
        .put("duplicates", duplicates)
        .put("inflight", inflight)
        .put("uncertain", uncertain)
        .put("unknown", unknown)
        .put("dense", dense)
        .put("equal", equal)
        .put("events", accepted)
        .put("mails", mails)
        .put("partitions", partitions)
        .put("kills", points.size())
        .put("points", new JsonArray(points))
        .put("slowestStartMillis", slowestStart)
        .put("slowestEndMillis", slowestEnd)
        .put("seconds", Math.round(seconds * 10) / 10.0)
        .put("findings", new JsonArray(findings));
  }
}
