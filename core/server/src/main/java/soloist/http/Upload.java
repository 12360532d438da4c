package soloist.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A body on its way into a file, as slowly as the disk takes it and no longer than allowed. */
final class Upload {
  private final HttpServerRequest request;
  private final AsyncFile file;
  private final long most;
  private final Promise<Void> done = Promise.promise();
  private long size;

  private Upload(HttpServerRequest request, AsyncFile file, long most) {
    this.request = request;
    this.file = file;
    this.most = most;
  }

  /**
   * Writes the whole body of a request into a new file.
   *
   * @return fails with a {@link Problem} when the body is larger than {@code most}
   */
  static Future<Void> into(Vertx vertx, HttpServerRequest request, Path target, long most) {
    request.pause();
    return vertx
        .fileSystem()
        .open(target.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
        .compose(
            file -> {
              Upload upload = new Upload(request, file, most);
              upload.start();
              return upload.done.future().eventually(file::close);
            });
  }

  private void start() {
    request.handler(this::take);
    request.endHandler(_ -> done.tryComplete());
    request.exceptionHandler(done::tryFail);
    request.resume();
  }

  private void take(Buffer part) {
    size += part.length();
    if (size > most) {
      request.pause();
      done.tryFail(new Problem(413, "file-too-large", List.of(), Map.of("Connection", "close")));
      return;
    }
    file.write(part).onFailure(done::tryFail);
    if (file.writeQueueFull()) {
      request.pause();
      file.drainHandler(_ -> request.resume());
    }
  }
}
