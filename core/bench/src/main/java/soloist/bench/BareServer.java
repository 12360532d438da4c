package soloist.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

/**
 * The reference of B8: Vert.x with a router and the MongoDB driver, one route, nothing else.
 * Arguments: port.
 */
public final class BareServer {
  private BareServer() {}

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    MongoClient client = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100");
    Router router = Router.router(vertx);
    router
        .get("/health")
        .handler(context -> context.response().end(client.getDatabase("bare").getName()));
    vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0])))
        .requestHandler(router)
        .listen()
        .await();
  }
}
