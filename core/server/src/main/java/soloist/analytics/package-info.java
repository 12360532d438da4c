/**
 * How much of everything there is, and how far the owner has come. The store comes in, counts go
 * out. It keeps up to where rows are counted.
 */
@NullMarked
package soloist.analytics;

import org.jspecify.annotations.NullMarked;
