package soloist.testkit;

import java.io.IOException;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.CommandException;
import org.subethamail.smtp.internal.server.CommandRegistry;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/** DATA that can be refused: the library itself asks no one before it says 354. */
final class SinkData implements Command {
  private final Command data = CommandRegistry.DATA.getCommand();

  @Override
  public void execute(String line, Session session) throws IOException, DropConnectionException {
    if (session.isMailTransactionInProgress()
        && session.getMessageHandler() instanceof SinkDelivery delivery) {
      try {
        delivery.announced();
      } catch (DropConnectionException gone) {
        throw gone;
      } catch (RejectException refusal) {
        session.sendResponse(refusal.getErrorResponse());
        return;
      }
    }
    data.execute(line, session);
  }

  @Override
  public HelpMessage getHelp() throws CommandException {
    return data.getHelp();
  }

  @Override
  public String getName() {
    return data.getName();
  }
}
