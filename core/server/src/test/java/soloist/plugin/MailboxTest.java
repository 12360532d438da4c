package soloist.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop@tea.example",
        "name@intranet",
        "name@localhost",
        "hello@茶.example",
        "o'neil+news@mail.tea.co",
        "a.b@xn--fiqs8s",
        "\"with space\"@tea.example",
        "post@[192.168.1.9]",
        "post@[IPv6:fe80::1]"
      })
  void takesWhatMailServersTake(String address) {
    assertTrue(Mailbox.isMailbox(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "@tea.example",
        "shop@",
        "two@at@tea.example",
        "a b@tea.example",
        "a..b@tea.example",
        ".a@tea.example",
        "shop@tea..example",
        "shop@-tea.example",
        "shop@tea.example ",
        "shop@tea.example\r\nBcc: all@tea.example",
        "sixty-five-letters-are-one-more-than-a-mailbox-may-have-before-at@tea.example"
      })
  void refusesWhatIsNone(String address) {
    assertFalse(Mailbox.isMailbox(address));
  }
}
