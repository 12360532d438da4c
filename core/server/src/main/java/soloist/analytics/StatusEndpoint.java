package soloist.analytics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import soloist.http.Door;
import soloist.http.Permission;
import soloist.http.Reply;
import soloist.http.Routes;

/** What runs here and how much it holds. */
public final class StatusEndpoint {
  private final Supplier<Map<String, Object>> setup;
  private final FirstSteps steps;
  private final Counts counts;

  /**
   * @param setup version, address, relay and store
   */
  public StatusEndpoint(Supplier<Map<String, Object>> setup, FirstSteps steps, Counts counts) {
    this.setup = setup;
    this.steps = steps;
    this.counts = counts;
  }

  public void mount(Routes api) {
    api.get("/health", Door.OPEN, _ -> Reply.json(Map.of("status", "ready")));
    api.get(
        "/api/v1/status",
        Permission.SYSTEM_READ,
        _ -> {
          Map<String, Object> status = new LinkedHashMap<>(setup.get());
          status.put("steps", steps.all());
          status.put("counts", counts.all());
          return Reply.json(status);
        });
  }
}
