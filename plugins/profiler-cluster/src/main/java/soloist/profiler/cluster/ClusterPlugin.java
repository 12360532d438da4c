package soloist.profiler.cluster;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link ClusterProfiler}. */
public final class ClusterPlugin extends Plugin {}
