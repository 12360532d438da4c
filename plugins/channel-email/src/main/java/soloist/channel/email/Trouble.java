package soloist.channel.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import soloist.spi.Advice;
import soloist.spi.Outcome;
import soloist.spi.Outcome.Delayed;
import soloist.spi.Outcome.Fault;
import soloist.spi.Text;

/** What keeps a relay from taking any mail, and what an owner can do about it. */
enum Trouble {
  HOST(
      "host",
      "no such server",
      "There is no mail server of this name. Look for a typing error; your mail provider says the"
          + " name, which often begins with smtp.",
      "找不到这个名称的邮件服务器。请检查拼写；名称可在邮件服务商的帮助页查到，通常以 smtp. 开头。"),
  PORT(
      "port",
      "no connection",
      "The mail server takes no connection on this port. Usual are 587 with STARTTLS and 465 with"
          + " TLS; your mail provider says which.",
      "邮件服务器在此端口不接受连接。常用的是 587（STARTTLS）和 465（TLS），请按邮件服务商的说明填写。"),
  SILENCE(
      "port",
      "no answer",
      "The mail server does not answer in time. Check its name and the port; where a network lets"
          + " no mail out, ask who runs it.",
      "邮件服务器没有及时应答。请检查服务器名称和端口；如果所在网络禁止外发邮件，请联系网络管理方。"),
  ENCRYPTION(
      "security",
      "no encryption",
      "The mail server does not offer this encryption on this port. Take STARTTLS with port 587 or"
          + " TLS with port 465.",
      "邮件服务器在此端口不提供所选的加密方式。请选择 STARTTLS 配端口 587，或 TLS 配端口 465。"),
  CERTIFICATE(
      "host",
      "certificate not trusted",
      "The certificate of the mail server is for another name, or nobody known vouches for it. Give"
          + " the name that your mail provider says, no number and no alias.",
      "邮件服务器的证书与名称不符，或不是由受信任的机构签发。请填写邮件服务商给出的服务器名称，不要用 IP 地址或别名。"),
  LOGIN(
      "password",
      "login refused",
      "The mail server refuses user name or password. Many providers want an app password made for"
          + " this purpose, not the one that you sign in with.",
      "邮件服务器拒绝了用户名或密码。许多服务商要求使用专门生成的应用密码或授权码，而不是网页登录密码。"),
  SENDER(
      "from",
      "sender refused",
      "The mail server does not let you send from this address. Take the address of your mailbox"
          + " there, or confirm this one with your mail provider first.",
      "邮件服务器不允许用此地址发信。请填写您在该服务商的邮箱地址，或先在服务商处验证此地址。"),
  RECIPIENT(
      "",
      "recipient refused",
      "The mail server takes no mail for this recipient. Check the address that it was sent to.",
      "邮件服务器不接受发给此收件人的邮件。请检查收件地址。");

  /** Of a login (RFC 4954, 6), by their first three digits. */
  private static final Set<String> OF_LOGIN = Set.of("504", "530", "534", "535", "538");

  private final String setting;
  private final String mark;
  private final Text text;

  Trouble(String setting, String mark, String en, String zh) {
    this.setting = setting;
    this.mark = mark;
    this.text = new Text(en, zh);
  }

  /** What a failure says, with the kind of trouble in front where it is known. */
  static String describe(MessagingException failure) {
    var said = new StringBuilder(of(failure).map(trouble -> trouble.mark + ": ").orElse(""));
    said.append(failure.getMessage());
    for (Throwable cause = failure.getNextException();
        cause != null && said.length() < 400;
        cause = cause.getCause()) {
      said.append(": ").append(cause.getMessage());
    }
    return said.toString().replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static Optional<Trouble> of(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return Optional.of(LOGIN);
    }
    String words = String.valueOf(failure.getMessage());
    if (words.contains("STARTTLS is required")) {
      return Optional.of(ENCRYPTION);
    }
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      @Nullable Trouble found =
          switch (cause) {
            case UnknownHostException _ -> HOST;
            case SocketTimeoutException _ -> SILENCE;
            case ConnectException _ -> PORT;
            case NoRouteToHostException _ -> PORT;
            case SSLException ssl -> isOfCertificate(ssl) ? CERTIFICATE : ENCRYPTION;
            default -> null;
          };
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfCertificate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.security.GeneralSecurityException
          || String.valueOf(cause.getMessage()).contains("certificate")) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Throwable next(Throwable failure) {
    return failure instanceof MessagingException mail
        ? mail.getNextException()
        : failure.getCause();
  }

  /** What can be done about an outcome that this plugin has told. */
  static Optional<Advice> advice(Outcome outcome) {
    Optional<Trouble> trouble =
        switch (outcome) {
          case Outcome.Accepted _, Outcome.Uncertain _ -> Optional.empty();
          case Outcome.Later(_, Delayed by, String reason) ->
              by == Delayed.RELAY ? marked(reason) : Optional.empty();
          case Outcome.Refused(Fault fault, _, String reason) ->
              switch (fault) {
                case PERSON -> Optional.of(RECIPIENT);
                case MESSAGE -> Optional.empty();
                case SENDER -> Optional.of(isOfLogin(reason) ? LOGIN : SENDER);
              };
        };
    return trouble.map(it -> new Advice(it.setting, it.text));
  }

  private static Optional<Trouble> marked(String reason) {
    return Arrays.stream(values()).filter(it -> reason.startsWith(it.mark + ": ")).findFirst();
  }

  private static boolean isOfLogin(String reason) {
    return reason.length() >= 3 && OF_LOGIN.contains(reason.substring(0, 3));
  }
}
