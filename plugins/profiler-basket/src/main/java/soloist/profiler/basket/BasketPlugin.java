package soloist.profiler.basket;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link BasketProfiler}. */
public final class BasketPlugin extends Plugin {}
