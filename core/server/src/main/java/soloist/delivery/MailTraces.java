package soloist.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import soloist.privacy.Subject;
import soloist.privacy.Traces;

/** Mails of a person in the catcher. */
public record MailTraces(CaughtMails mails) implements Traces {
  @Override
  public Map<String, byte[]> of(Subject who) {
    Predicate<byte[]> isTheirs = Subject.in(who.own());
    Map<String, byte[]> found = new TreeMap<>();
    for (String id : mails.ids()) {
      mails.raw(id).filter(isTheirs).ifPresent(mail -> found.put("mails/" + id + ".eml", mail));
    }
    return found;
  }

  @Override
  public void erase(Subject who) throws IOException {
    for (String path : of(who).keySet()) {
      Files.deleteIfExists(mails.file(path.replaceAll("\\D", "")));
    }
  }
}
