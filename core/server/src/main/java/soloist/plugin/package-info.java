/**
 * The plugin host over PF4J. Zips come in, configured channels in class loaders of their own go
 * out. It keeps what is loaded.
 */
@NullMarked
package soloist.plugin;

import org.jspecify.annotations.NullMarked;
