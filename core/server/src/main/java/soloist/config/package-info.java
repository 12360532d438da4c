/**
 * What the owner has set. Command line, environment and defaults come in, one checked record goes
 * out. Nothing is kept.
 */
@NullMarked
package soloist.config;

import org.jspecify.annotations.NullMarked;
