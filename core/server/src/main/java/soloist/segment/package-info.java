/**
 * Who is in which named condition. A profile that changed comes in, or a condition that an owner
 * tries; the segments entered or left, a count with its sample, or the part that decides go out. It
 * keeps the definitions, in versions.
 */
@NullMarked
package soloist.segment;

import org.jspecify.annotations.NullMarked;
