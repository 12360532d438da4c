/**
 * What must never be sent. Unsubscribes, complaints and dead addresses come in, a yes or no for one
 * address goes out. It keeps suppressions by a keyed hash, never the address. And what one person
 * may ask for: a copy of everything that is known, and to be forgotten.
 */
@NullMarked
package soloist.privacy;

import org.jspecify.annotations.NullMarked;
