package soloist.embedded;

import de.bwaldvogel.mongo.bson.Document;

/** Answers commands; called from the thread of each connection. Errors are answers too. */
interface CommandHandler {
  Document handle(String database, Document body);
}
