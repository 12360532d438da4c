package soloist.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only who knows the password may do more than greet. */
class SignInTest {
  private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

  @TempDir Path directory;

  private static Scram.Conversation conversation() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    return new Scram("user", "pencil", salt).begin("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
  }

  @Test
  void answersTheExampleOfRfc7677() {
    Scram.Conversation conversation = conversation();

    assertEquals(
        Optional.of("r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
        conversation.first(FIRST));
    assertEquals(
        Optional.of("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
        conversation.last("c=biws,r=" + NONCE + ",p=" + PROOF));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c=biws,r=" + NONCE + ",p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=biws,r=" + NONCE + ",p=",
        "c=biws,r=" + NONCE + ",p=!",
        "c=biws,r=" + NONCE,
        "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=" + PROOF,
        "c=eSws,r=" + NONCE + ",p=" + PROOF,
        "r=" + NONCE + ",p=" + PROOF,
        ""
      })
  void refusesAnyOtherProof(String last) {
    Scram.Conversation conversation = conversation();
    conversation.first(FIRST);

    assertEquals(Optional.empty(), conversation.last(last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n,,n=other,r=abc", "p=tls-unique,,n=user,r=abc", "n,,n=user,r=", "n,,n=user", ""})
  void refusesAnotherBeginning(String first) {
    Scram.Conversation conversation = conversation();

    assertEquals(Optional.empty(), conversation.first(first));
    assertEquals(Optional.empty(), conversation.last("c=biws,r=" + NONCE + ",p=" + PROOF));
  }

  @Test
  void servesWhoKnowsThePasswordAndNobodyElse() {
    try (Served served = Served.in(directory)) {
      served.collection("c").insertOne(new Document("_id", 1));
      String uri = served.store().uri();
      char[] password = new ConnectionString(uri).getCredential().getPassword();
      String wrong = uri.replace(new String(password), new String(password).toLowerCase());
      String without = "mongodb://" + uri.substring(uri.indexOf('@') + 1, uri.indexOf("/?"));

      assertEquals(43, password.length);
      assertThrows(MongoSecurityException.class, () -> count(wrong));
      var refused = assertThrows(MongoCommandException.class, () -> count(without));
      assertEquals(13, refused.getErrorCode());
      assertEquals("Unauthorized", refused.getErrorCodeName());
      assertEquals(1, count(uri));
    }
  }

  private static long count(String uri) {
    try (MongoClient client = MongoClients.create(uri)) {
      return client.getDatabase("test").getCollection("c").countDocuments();
    }
  }

  @Test
  void refusesEveryCommandOfAStranger() {
    var commands =
        "insert update delete findAndModify find count distinct aggregate explain getMore"
            + " killCursors create createIndexes dropIndexes drop dropDatabase listDatabases"
            + " listCollections listIndexes collStats buildInfo serverStatus endSessions shutdown";
    try (var store = EmbeddedMongo.open(directory);
        MongoClient stranger = MongoClients.create("mongodb://" + address(store))) {
      var database = stranger.getDatabase("test");
      for (String command : commands.split(" ")) {
        var refused =
            assertThrows(
                MongoException.class, () -> database.runCommand(new Document(command, "c")));

        assertEquals(13, refused.getCode(), command);
      }
      assertEquals(1.0, database.runCommand(new Document("ping", 1)).get("ok"));
    }
  }

  private static String address(EmbeddedMongo store) {
    return store.toString().substring("EmbeddedMongo at ".length());
  }

  @Test
  void makesAnotherPasswordAtEachOpeningAndShowsItInNoText() {
    String first;
    try (var store = EmbeddedMongo.open(directory)) {
      first = new String(new ConnectionString(store.uri()).getCredential().getPassword());
      assertFalse(store.toString().contains(first));
      assertTrue(address(store).startsWith("127.0.0.1:"));
    }
    try (var store = EmbeddedMongo.open(directory)) {
      assertNotEquals(
          first, new String(new ConnectionString(store.uri()).getCredential().getPassword()));
    }
  }

  @Test
  void dropsAStrangerWhoSendsMuch() throws IOException {
    try (var store = EmbeddedMongo.open(directory)) {
      int port = Integer.parseInt(address(store).substring("127.0.0.1:".length()));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(Integer.reverseBytes(1 << 20));
        out.write(new byte[12]);

        socket.setSoTimeout(10_000);
        assertEquals(-1, socket.getInputStream().read());
      }
    }
  }
}
