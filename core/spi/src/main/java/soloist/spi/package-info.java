/**
 * All that a plugin may see: the extension points it implements and the records that pass through
 * them. The platform hands records in and takes sealed outcomes back. Nothing here keeps state or
 * names a type of another library but PF4J's marker.
 */
@NullMarked
package soloist.spi;

import org.jspecify.annotations.NullMarked;
