package soloist.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import soloist.rules.condition.Condition;
import soloist.rules.condition.Facts;
import soloist.rules.condition.Where;

/**
 * Facts written down; {@code responses} are step and event, joined by a blank, and a consent is a
 * response to the step {@code consent}. What an event is asked to say it said in every other hour.
 */
public record SampleFacts(
    Instant now,
    Instant causedAt,
    Map<String, Object> traits,
    Map<String, List<Instant>> events,
    Set<String> segments,
    Set<String> responses,
    Map<String, Instant> entries)
    implements Facts {

  public static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  public static SampleFacts none() {
    return new SampleFacts(NOW, NOW, Map.of(), Map.of(), Set.of(), Set.of(), Map.of());
  }

  public SampleFacts at(Instant instant) {
    return new SampleFacts(instant, causedAt, traits, events, segments, responses, entries);
  }

  public SampleFacts causedAt(Instant instant) {
    return new SampleFacts(now, instant, traits, events, segments, responses, entries);
  }

  public SampleFacts with(String trait, Object value) {
    return new SampleFacts(
        now, causedAt, Map.of(trait, value), events, segments, responses, entries);
  }

  public SampleFacts did(String event, Instant... instants) {
    return new SampleFacts(
        now, causedAt, traits, Map.of(event, List.of(instants)), segments, responses, entries);
  }

  public SampleFacts in(String segment) {
    return new SampleFacts(now, causedAt, traits, events, Set.of(segment), responses, entries);
  }

  public SampleFacts entered(String campaign, Instant last) {
    return new SampleFacts(
        now, causedAt, traits, events, segments, responses, Map.of(campaign, last));
  }

  public SampleFacts answered(String step, String event) {
    return new SampleFacts(
        now, causedAt, traits, events, segments, Set.of(step + " " + event), entries);
  }

  @Override
  public Optional<Object> trait(String key) {
    return Optional.ofNullable(traits.get(key));
  }

  @Override
  public List<Instant> latest(Condition.Did condition) {
    return events.getOrDefault(condition.event(), List.of()).stream()
        .filter(instant -> condition.where().map(where -> said(where, instant)).orElse(true))
        .sorted(Comparator.reverseOrder())
        .limit(condition.atLeast())
        .toList();
  }

  private static boolean said(Where where, Instant instant) {
    return (where.value().length() + ChronoUnit.HOURS.between(instant, NOW)) % 2 == 0;
  }

  @Override
  public boolean inSegment(String segment) {
    return segments.contains(segment);
  }

  @Override
  public boolean consented(String purpose) {
    return responses.contains("consent " + purpose);
  }

  @Override
  public boolean responded(String step, String event) {
    return responses.contains(step + " " + event);
  }

  @Override
  public Optional<Instant> lastEntered(String campaign) {
    return Optional.ofNullable(entries.get(campaign));
  }
}
