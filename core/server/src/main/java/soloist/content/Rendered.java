package soloist.content;

/** A message as the person will read it. */
public record Rendered(String subject, String html, String text, String language) {}
