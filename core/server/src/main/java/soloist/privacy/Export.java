package soloist.privacy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import soloist.http.Problem;
import soloist.http.Texts;
import soloist.profile.Roots;
import soloist.store.Store;

/** All that is known of one person, as a ZIP to hand over (GDPR, articles 15 and 20). */
final class Export {
  private static final JsonWriterSettings READABLE =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).indent(true).build();

  private final Store store;
  private final Records records;
  private final List<Traces> traces;
  private final InstantSource clock;

  Export(Store store, List<Traces> traces, InstantSource clock) {
    this.store = store;
    this.records = new Records(store);
    this.traces = List.copyOf(traces);
    this.clock = clock;
  }

  /**
   * The archive: one JSON file for each kind of record, in the fields in which they are kept, mails
   * and rows of files as they are, and a page that explains them.
   *
   * @throws Problem 404 when there is nobody under this id
   */
  byte[] of(String profileId) throws IOException {
    Document profile = Roots.find(store, profileId).orElseThrow(Problem::notFound);
    Subject who = Subject.of(store, profile);
    Map<String, List<Document>> found = new TreeMap<>();
    for (String id : Roots.ids(profile)) {
      records
          .of(who.as(id))
          .forEach(
              (name, documents) ->
                  found.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(documents));
    }
    Map<String, byte[]> files = new TreeMap<>();
    found.forEach(
        (name, documents) ->
            files.put(
                name + ".json",
                documents.stream()
                    .map(document -> document.toJson(READABLE))
                    .collect(Collectors.joining(",\n", "[", "]\n"))
                    .getBytes(StandardCharsets.UTF_8)));
    for (Traces each : traces) {
      files.putAll(each.of(who));
    }
    files.put("README.txt", readme().getBytes(StandardCharsets.UTF_8));
    return zip(files);
  }

  private String readme() {
    String day = clock.instant().toString().substring(0, 10);
    return Texts.say(Texts.ENGLISH, "export-readme", List.of(day))
        + "\n\n"
        + Texts.say(Texts.CHINESE, "export-readme", List.of(day))
        + "\n";
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
