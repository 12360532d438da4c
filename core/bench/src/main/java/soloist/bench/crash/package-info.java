/**
 * Kills a real server at every named point and compares what it leaves with a run that nobody
 * disturbed. A seed and a list of points come in, counts and findings go out. The mail server is a
 * process of its own that is not killed, and so is the store unless it is inside the server;
 * nothing outlives the run.
 */
@NullMarked
package soloist.bench.crash;

import org.jspecify.annotations.NullMarked;
