package soloist.profiler.value;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link ValueProfiler}. */
public final class ValuePlugin extends Plugin {}
