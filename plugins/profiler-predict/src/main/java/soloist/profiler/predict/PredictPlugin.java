package soloist.profiler.predict;

import org.pf4j.Plugin;

/** Names this plugin to PF4J; all it does is in its extension, {@link PredictProfiler}. */
public final class PredictPlugin extends Plugin {}
