package soloist.profiler.rfm;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link RfmProfiler}. */
public final class RfmPlugin extends Plugin {}
