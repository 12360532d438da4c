package soloist.job;

import java.util.Map;
import soloist.http.Permission;
import soloist.http.Problem;
import soloist.http.Reply;
import soloist.http.Request;
import soloist.http.Routes;
import soloist.http.Texts;

/** Long work: how far it is, what came of it, and how to end it. */
public final class JobsEndpoint {
  private final Jobs jobs;

  public JobsEndpoint(Jobs jobs) {
    this.jobs = jobs;
  }

  /** The answer to a request that started work. */
  public static Reply accepted(Job job) {
    Reply reply = Reply.json(job.toJson(Texts.ENGLISH));
    return new Reply(202, reply.headers(), reply.body())
        .with("Location", "/api/v1/jobs/" + job.id());
  }

  public void mount(Routes api) {
    api.get(
        "/api/v1/jobs",
        Permission.SYSTEM_READ,
        request ->
            Reply.json(
                Map.of(
                    "items",
                    jobs.list().stream().map(job -> job.toJson(request.language())).toList())));
    api.get(
        "/api/v1/jobs/:id",
        Permission.SYSTEM_READ,
        request -> Reply.json(find(request).toJson(request.language())));
    api.post(
        "/api/v1/jobs/:id/cancel",
        Permission.CUSTOMERS_WRITE,
        request -> {
          Job job = find(request);
          jobs.cancel(job.id());
          return Reply.json(job.toJson(request.language()));
        });
  }

  private Job find(Request request) {
    return jobs.find(request.path("id")).orElseThrow(Problem::notFound);
  }
}
