/**
 * Measures and tries what ships, from outside, against a limit or a peer in the same run. A command
 * comes in, one JSON object a figure or a table goes out. It keeps nothing.
 */
@NullMarked
package soloist.bench;

import org.jspecify.annotations.NullMarked;
