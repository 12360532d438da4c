/**
 * Finds what is bought together: baskets come in, sets of items that many baskets hold go out, and
 * rules between them. Three algorithms find exactly the same sets. Kept is nothing.
 */
@NullMarked
package soloist.learning.basket;

import org.jspecify.annotations.NullMarked;
