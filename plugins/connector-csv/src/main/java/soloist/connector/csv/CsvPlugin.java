package soloist.connector.csv;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link CsvConnector}. */
public final class CsvPlugin extends Plugin {}
