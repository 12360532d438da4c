package soloist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import soloist.spi.Channel;
import soloist.spi.Message;
import soloist.spi.Outcome;

/** What every channel must do. A plugin's test implements it and runs it with its own tests. */
public interface ChannelContract {

  /** A channel that has not been opened. */
  Channel unopened();

  /** Opens a channel whose other side works. */
  Channel working();

  /** Opens a channel whose other side cannot be reached. */
  Channel unreachable();

  /** The nth address that the other side takes, in the channel's own form. */
  String recipient(int n);

  /** An address that the other side refuses for good. */
  String unknownRecipient();

  /** What has come to the other side for this recipient, parsed back, in the order of arrival. */
  List<Arrived> arrived(String recipient);

  /**
   * A message at the other side.
   *
   * @param id what the other side can tell doubles by
   */
  record Arrived(String id, String subject, String text, String html) {}

  @Test
  default void deliversWhatItWasGiven() {
    Message message = Sample.message(recipient(1));

    try (Channel channel = working()) {
      assertInstanceOf(Outcome.Accepted.class, channel.send(message));
    }

    List<Arrived> arrived = arrived(message.recipient());
    assertEquals(1, arrived.size());
    assertTrue(arrived.getFirst().id().contains(message.id()));
    assertEquals(message.subject(), arrived.getFirst().subject());
    assertEquals(message.text().strip(), arrived.getFirst().text().replace("\r\n", "\n").strip());
    assertEquals(message.html().strip(), arrived.getFirst().html().replace("\r\n", "\n").strip());
  }

  @Test
  default void keepsTheIdWhenAMessageIsSentAgain() {
    Message message = Sample.message(recipient(1));

    for (int attempt = 0; attempt < 2; attempt++) {
      try (Channel channel = working()) {
        assertInstanceOf(Outcome.Accepted.class, channel.send(message));
      }
    }

    List<Arrived> arrived = arrived(message.recipient());
    assertEquals(2, arrived.size());
    assertEquals(arrived.get(0).id(), arrived.get(1).id());
  }

  @Test
  default void takesAsManyMessagesAtOnceAsItSays() throws InterruptedException {
    int rounds = 5;
    try (Channel channel = working();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int senders = channel.connections();
      assertTrue(senders >= 1 && senders <= 64, "connections() is " + senders);
      var start = new CountDownLatch(senders);

      List<Future<Void>> runs =
          IntStream.range(0, senders)
              .mapToObj(
                  sender ->
                      threads.<Void>submit(
                          () -> {
                            start.countDown();
                            start.await();
                            for (int i = 0; i < rounds; i++) {
                              Message message = Sample.message(recipient(sender * rounds + i));
                              assertInstanceOf(Outcome.Accepted.class, channel.send(message));
                            }
                            return null;
                          }))
              .toList();
      for (Future<Void> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          throw new AssertionError(e.getCause());
        }
      }

      Set<String> ids = new HashSet<>();
      for (int i = 0; i < senders * rounds; i++) {
        List<Arrived> arrived = arrived(recipient(i));
        assertEquals(1, arrived.size(), recipient(i));
        ids.add(arrived.getFirst().id());
      }
      assertEquals(senders * rounds, ids.size());
    }
  }

  @Test
  default void answersARefusalInsteadOfThrowingIt() {
    try (Channel channel = working()) {
      Outcome outcome = channel.send(Sample.message(unknownRecipient()));

      Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcome);
      assertEquals(Outcome.Fault.PERSON, refused.fault());
      assertTrue(arrived(unknownRecipient()).isEmpty());
    }
  }

  @Test
  default void goesOnAfterARefusal() {
    try (Channel channel = working()) {
      channel.send(Sample.message(unknownRecipient()));

      assertInstanceOf(Outcome.Accepted.class, channel.send(Sample.message(recipient(1))));
    }
  }

  @Test
  default void putsOffWhatItCannotGetThrough() {
    try (Channel channel = unreachable()) {
      Outcome outcome = channel.send(Sample.message(recipient(1)));

      Outcome.Later later = assertInstanceOf(Outcome.Later.class, outcome);
      assertEquals(Outcome.Delayed.RELAY, later.by());
    }
  }

  @Test
  default void closesWithoutHarmWhetherOpenOrNot() {
    unopened().close();

    Channel idle = working();
    idle.close();
    idle.close();

    Channel used = working();
    used.send(Sample.message(recipient(1)));
    used.close();
    used.close();
  }
}
