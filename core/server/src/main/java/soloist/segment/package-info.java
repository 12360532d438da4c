/**
 * Who is in which named condition. A profile that changed comes in, the segments it entered or left
 * go out. It keeps the definitions, in versions.
 */
@NullMarked
package soloist.segment;

import org.jspecify.annotations.NullMarked;
