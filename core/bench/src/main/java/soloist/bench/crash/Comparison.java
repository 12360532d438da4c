package soloist.bench.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import soloist.testkit.Delivered;

/**
 * Holds what a disturbed run left against the promise and against an undisturbed run of the same
 * load.
 */
final class Comparison {
  private static final int CONNECTIONS = 8;
  private static final String SENT = "sent";
  private static final String UNCERTAIN = "uncertain";

  private final Result undisturbed;
  private final Result disturbed;
  private final List<String> findings = new ArrayList<>();

  private Comparison(Result undisturbed, Result disturbed) {
    this.undisturbed = undisturbed;
    this.disturbed = disturbed;
  }

  static Verdict of(Result undisturbed, Result disturbed, double seconds) {
    return new Comparison(undisturbed, disturbed).verdict(seconds);
  }

  private Verdict verdict(double seconds) {
    Snapshot snapshot = disturbed.snapshot();
    long lost = lostEvents();
    long twice = miscounted();
    Map<String, List<Delivered>> mails = new HashMap<>();
    long unknown = assign(mails);
    long duplicates = 0;
    long uncertain = 0;
    for (Map.Entry<String, Snapshot.Message> each : snapshot.messages().entrySet()) {
      String id = each.getKey();
      String state = each.getValue().state();
      int copies = mails.getOrDefault(id, List.of()).size();
      long allowed = disturbed.holds() ? 0 : disturbed.timesInflight(id);
      duplicates += Math.max(0, copies - 1);
      uncertain += state.equals(UNCERTAIN) ? 1 : 0;
      if (copies > 1 + allowed) {
        findings.add(
            copies + " mails of message " + id + ", which was on its way " + allowed + " times");
      }
      boolean mayBeMissing = state.equals(UNCERTAIN) && disturbed.timesInflight(id) > 0;
      if (state.equals(SENT) && copies == 0) {
        lost++;
        findings.add("message " + id + " counts as sent and never arrived");
      } else if (copies > 0 && !state.equals(SENT) && !mayBeMissing) {
        findings.add("message " + id + " arrived and counts as " + state);
      }
    }
    if (disturbed.holds() && uncertain != disturbed.inflight().size()) {
      findings.add(
          uncertain + " messages wait for a person, " + disturbed.inflight().size() + " should");
    }
    int most = CONNECTIONS * disturbed.points().size();
    if (disturbed.inflight().size() > most) {
      findings.add(disturbed.inflight().size() + " were on their way, at most " + most + " may be");
    }
    findings.addAll(snapshot.contradictions());
    findings.addAll(snapshot.gaps());
    return new Verdict(
        lost,
        twice,
        duplicates,
        disturbed.inflight().size(),
        uncertain,
        unknown,
        snapshot.gaps().isEmpty(),
        isEqual(),
        disturbed.accepted().size(),
        disturbed.mails().size(),
        snapshot.partitions(),
        disturbed.points().stream().map(KillPoint::name).toList(),
        disturbed.slowestStart(),
        disturbed.slowestEnd(),
        seconds,
        findings);
  }

  private long lostEvents() {
    var missing = new TreeSet<>(disturbed.accepted());
    missing.removeAll(disturbed.snapshot().events());
    missing.forEach(id -> findings.add("event " + id + " was answered 202 and is lost"));
    return missing.size();
  }

  /**
   * Holds how many orders each person has against how many they told, and returns how many were
   * applied more than once.
   */
  private long miscounted() {
    long surplus = 0;
    for (Map.Entry<String, Integer> each : disturbed.orders().entrySet()) {
      long counted = disturbed.snapshot().orders().getOrDefault(each.getKey(), 0L);
      if (counted != each.getValue()) {
        findings.add(each.getKey() + " told " + each.getValue() + " orders, counted: " + counted);
      }
      surplus += Math.max(0, counted - each.getValue());
    }
    return surplus;
  }

  /** Gives each mail to its message. Returns how many have none, or another recipient. */
  private long assign(Map<String, List<Delivered>> mails) {
    long unknown = 0;
    for (Delivered mail : disturbed.mails()) {
      int end = mail.messageId().indexOf(".g0@");
      String id = end < 0 ? "" : mail.messageId().substring(1, end);
      Snapshot.Message message = disturbed.snapshot().messages().get(id);
      if (message == null || !message.email().equals(mail.recipient())) {
        unknown++;
        findings.add("a mail nobody queued: " + mail.messageId() + " for " + mail.recipient());
      } else {
        mails.computeIfAbsent(id, _ -> new ArrayList<>()).add(mail);
      }
    }
    return unknown;
  }

  private boolean isEqual() {
    Map<String, List<String>> expected = undisturbed.snapshot().people();
    Map<String, List<String>> found = disturbed.snapshot().people();
    var emails = new TreeSet<>(expected.keySet());
    emails.addAll(found.keySet());
    boolean equal = true;
    for (String email : emails) {
      List<String> should = new ArrayList<>(expected.getOrDefault(email, List.of()));
      List<String> is = new ArrayList<>(found.getOrDefault(email, List.of()));
      if (!should.equals(is)) {
        equal = false;
        List<String> surplus = new ArrayList<>(is);
        should.forEach(surplus::remove);
        is.forEach(should::remove);
        findings.add(email + " should be " + should + " and is " + surplus);
      }
    }
    return equal;
  }
}
