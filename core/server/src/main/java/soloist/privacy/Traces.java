package soloist.privacy;

import java.io.IOException;
import java.util.Map;

/** Where traces of people lie that are no documents of the store. */
public interface Traces {

  /** What there is of a person, by a path for the export. */
  Map<String, byte[]> of(Subject who) throws IOException;

  /** Takes it away; a second time changes nothing. */
  void erase(Subject who) throws IOException;
}
