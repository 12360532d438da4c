/**
 * What customers will buy and spend: the orders of each so far come in, chances, expected orders
 * and amounts with their intervals go out. Parameters are found at the maximum of the posterior,
 * whose curvature there says how uncertain they are. Nothing is kept.
 */
@NullMarked
package soloist.learning.value;

import org.jspecify.annotations.NullMarked;
