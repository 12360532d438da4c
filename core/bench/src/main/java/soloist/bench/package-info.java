/**
 * Measures and tries what ships, from outside. A command comes in, one JSON object or a table goes
 * out. It keeps nothing.
 */
@NullMarked
package soloist.bench;

import org.jspecify.annotations.NullMarked;
