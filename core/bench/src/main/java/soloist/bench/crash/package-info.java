/**
 * Kills a real server at every named point and compares what it leaves with a run that nobody
 * disturbed. A seed and a list of points come in, counts and findings go out. Store and mail server
 * are processes of their own that are not killed; nothing outlives the run.
 */
@NullMarked
package soloist.bench.crash;

import org.jspecify.annotations.NullMarked;
