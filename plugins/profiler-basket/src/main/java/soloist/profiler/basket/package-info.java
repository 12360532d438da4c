/**
 * The profiler of baskets: the products of every order come in, rules between products go out, and
 * for each customer the product that is most surely bought with what they have. Rules that say no
 * more than a shorter one, or no more than chance, are left out. Nothing is kept but the model that
 * the platform keeps: the rules.
 */
@NullMarked
package soloist.profiler.basket;

import org.jspecify.annotations.NullMarked;
