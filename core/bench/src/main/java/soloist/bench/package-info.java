/**
 * Measures against a limit or a peer in the same run. A size and a seed come in, one line of JSON a
 * figure goes out. It keeps nothing.
 */
@NullMarked
package soloist.bench;

import org.jspecify.annotations.NullMarked;
