package soloist.channel.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;
import soloist.spi.Settings;
import soloist.testkit.ChannelContract;
import soloist.testkit.ManualClock;
import soloist.testkit.Sample;
import soloist.testkit.SelfSigned;
import tools.jackson.databind.json.JsonMapper;

class WebhookChannelTest implements ChannelContract {
  private final ManualClock clock = new ManualClock();
  private final Hook hook = new Hook();

  @AfterEach
  void close() {
    hook.close();
  }

  @Override
  public Channel unopened() {
    return new WebhookChannel();
  }

  @Override
  public Channel working() {
    return opened(hook.settings());
  }

  @Override
  public Channel unreachable() {
    return opened(with("url", "http://127.0.0.1:" + closedPort() + "/"));
  }

  @Override
  public String recipient(int n) {
    return "reader" + n;
  }

  @Override
  public String unknownRecipient() {
    return "nobody";
  }

  @Override
  public List<Arrived> arrived(String recipient) {
    return hook.came().stream()
        .map(Hook.Came::json)
        .filter(json -> json.path("recipient").asString().equals(recipient))
        .map(
            json ->
                new Arrived(
                    json.path("id").asString(),
                    json.path("subject").asString(),
                    json.path("text").asString(),
                    json.path("html").asString()))
        .toList();
  }

  @Test
  void signsTimeAndBody() throws Exception {
    try (Channel channel = working()) {
      channel.send(Sample.message());
    }

    Hook.Came came = hook.came().getFirst();
    long seconds = clock.instant().getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Hook.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(came.body())),
        came.signature());
    assertEquals(came.json().path("id").asString(), came.messageId());
  }

  @Test
  void writesEveryCharacterAsJson() {
    String text = "quote \" backslash \\ tab \t line \n zero \u0001 名 😀 \u2028";
    Message message =
        new Message("a.1", "ada", "名 \"x\"", text, text, "zh-CN", URI.create("https://a.example"));

    try (Channel channel = working()) {
      channel.send(message);
    }

    assertEquals(text, hook.came().getFirst().json().path("text").asString());
    assertEquals("名 \"x\"", hook.came().getFirst().json().path("subject").asString());
    assertEquals("https://a.example", hook.came().getFirst().json().path("unsubscribe").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "500, , 60",
    "503, 7, 7",
    "429, 3600, 3600",
    "429, 0, 1",
    "429, 999999999, 86400",
    "503, 'Sun, 01 Nov 2026 09:02:00 GMT', 120",
    "503, soon, 60"
  })
  void waitsAsLongAsItIsAsked(int status, String retryAfter, int seconds) {
    hook.answers(status, retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter));

    Outcome outcome = send(working());

    Outcome.Later later = assertInstanceOf(Outcome.Later.class, outcome);
    assertEquals(Duration.ofSeconds(seconds), later.after());
    assertEquals(Outcome.Delayed.RELAY, later.by());
  }

  @ParameterizedTest
  @CsvSource({"400, MESSAGE", "422, MESSAGE", "401, SENDER", "404, SENDER", "410, PERSON"})
  void tellsWhatWasRefused(int status, Outcome.Fault fault) {
    hook.answers(status, Map.of());

    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, send(working()));

    assertEquals(fault, refused.fault());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void neverFollowsARedirect(int status) {
    try (Hook elsewhere = new Hook()) {
      hook.answers(status, Map.of("Location", elsewhere.url()));

      Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, send(working()));

      assertEquals(Outcome.Fault.SENDER, refused.fault());
      assertEquals(List.of(), elsewhere.came());
    }
  }

  @Test
  void putsOffWhatIsNotAnsweredInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings =
          new HashMap<>(with("url", "http://127.0.0.1:" + silent.getLocalPort()));
      settings.put("timeoutSeconds", "1");

      assertInstanceOf(Outcome.Later.class, send(opened(settings)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "2130706433",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fd12::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
        "[2002:a00:1::]",
        "[2001:db8::1]",
        "[2001::1]",
        "localhost"
      })
  void neverConnectsIntoAPrivateNetwork(String host) throws IOException {
    try (ServerSocket inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      inside.setSoTimeout(1);
      Map<String, String> settings = new HashMap<>(hook.settings());
      settings.put("url", "https://" + host + ":" + inside.getLocalPort() + "/");
      settings.put("allowPrivate", "false");

      Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, send(opened(settings)));

      assertEquals(Outcome.Fault.SENDER, refused.fault());
      assertThrows(java.net.SocketTimeoutException.class, inside::accept);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void publicAddressesAreNotPrivate(String address) throws Exception {
    assertFalse(Addresses.isPrivate(InetAddress.getByName(address)));
  }

  /** A name that is public when it is checked and private when it is connected to. */
  @Test
  void aNameIsResolvedOnceForCheckAndConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    InetAddress open = InetAddress.getByName("8.8.8.8");
    InetAddress inside = InetAddress.getByName("127.0.0.1");
    Addresses addresses =
        new Addresses(_ -> new InetAddress[] {asked.getAndIncrement() == 0 ? open : inside});

    assertEquals(open, addresses.pinned("rebinding.example", false));

    assertEquals(1, asked.get());
    Addresses both = new Addresses(_ -> new InetAddress[] {open, inside});
    assertThrows(Addresses.ForbiddenException.class, () -> both.pinned("rebinding.example", false));
  }

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example.com/, false",
    "ftp://hooks.example.com/, true",
    "https://user:word@hooks.example.com/, false",
    "https://hooks.example.com/#part, false",
    "https:///nowhere, false",
    "https://127.1/, false",
    "'https://hooks.example.com/\r\nHost: x', false"
  })
  void refusesAddressesThatCannotWork(String url, String allowPrivate) {
    Map<String, String> settings = new HashMap<>(hook.settings());
    settings.put("url", url);
    settings.put("allowPrivate", allowPrivate);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> opened(settings));

    assertFalse(refused.getMessage().contains(Hook.SECRET));
  }

  @Test
  void theFormHasTheWordsAndBoundsOfTheSettings() throws IOException {
    var schema =
        JsonMapper.shared()
            .readTree(Files.readString(Path.of("src/main/resources/config.schema.json")));
    var properties = schema.path("properties");
    WebhookSettings least =
        WebhookSettings.of(new Settings(Map.of("url", "https://a.example", "secret", Hook.SECRET)));

    for (var word : properties.path("recipient").path("enum")) {
      try (Channel channel = opened(with("recipient", word.asString()))) {
        assertEquals(
            word.asString().toUpperCase(Locale.ROOT).replace("ID", "_ID"),
            channel.addresses().name());
      }
    }
    assertEquals(Channel.Address.EMAIL, least.recipient());
    assertThrows(IllegalArgumentException.class, () -> opened(with("recipient", "fax")));
    for (String key : List.of("connections", "timeoutSeconds")) {
      for (int beyond :
          new int[] {
            properties.path(key).path("minimum").asInt() - 1,
            properties.path(key).path("maximum").asInt() + 1
          }) {
        assertThrows(
            IllegalArgumentException.class, () -> opened(with(key, Integer.toString(beyond))));
      }
    }
    assertFalse(least.toString().contains(Hook.SECRET));
  }

  @Test
  void speaksTlsOnlyWithWhomAnAuthorityVouchesForUnderThatName(@TempDir Path folder)
      throws Exception {
    SSLContext own = SelfSigned.context(folder, "hooks.example");
    SSLSocketFactory trusting = own.getSocketFactory();
    SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (Hook secure = new Hook(own)) {
      Outcome trusted = send(secured(secure, "hooks.example", trusting));
      Outcome misnamed = send(secured(secure, "other.example", trusting));
      Outcome unknown = send(secured(secure, "hooks.example", usual));

      assertInstanceOf(Outcome.Accepted.class, trusted);
      assertInstanceOf(Outcome.Later.class, misnamed);
      assertInstanceOf(Outcome.Later.class, unknown);
      assertEquals(1, secure.came().size(), "a message went to somebody else");
    }
  }

  private Channel secured(Hook hook, String host, SSLSocketFactory trust) {
    WebhookChannel channel =
        new WebhookChannel(clock, _ -> new InetAddress[] {InetAddress.getLoopbackAddress()}, trust);
    Map<String, String> settings = new HashMap<>(hook.settings());
    settings.put("url", "https://" + host + ":" + URI.create(hook.url()).getPort() + "/hook");
    channel.open(new Settings(settings));
    return channel;
  }

  private Map<String, String> with(String key, String value) {
    Map<String, String> settings = new HashMap<>(hook.settings());
    settings.put(key, value);
    return settings;
  }

  private Channel opened(Map<String, String> settings) {
    WebhookChannel channel =
        new WebhookChannel(
            clock, InetAddress::getAllByName, (SSLSocketFactory) SSLSocketFactory.getDefault());
    channel.open(new Settings(settings));
    return channel;
  }

  private static Outcome send(Channel channel) {
    try (channel) {
      return channel.send(Sample.message());
    }
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
