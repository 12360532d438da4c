/**
 * The plugin host over PF4J. Zips come in and are held against everything; guarded channels,
 * connectors and profilers go out, each call with a deadline. It keeps the zips by their hash,
 * which of them count, and the instances that the owner has configured.
 */
@NullMarked
package soloist.plugin;

import org.jspecify.annotations.NullMarked;
