package soloist.lane;

import java.time.LocalDate;

/**
 * Somebody came into a segment, or left it.
 *
 * @param day in the company's time zone
 */
public record Crossing(String profileId, String segment, LocalDate day, boolean entered) {}
