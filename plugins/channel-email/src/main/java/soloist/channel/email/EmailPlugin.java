package soloist.channel.email;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link EmailChannel}. */
public final class EmailPlugin extends Plugin {}
