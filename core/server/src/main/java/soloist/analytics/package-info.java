/**
 * How much of everything there is, and how far the owner has come. The store comes in, counts go
 * out. It keeps nothing.
 */
@NullMarked
package soloist.analytics;

import org.jspecify.annotations.NullMarked;
