/**
 * The condition language as one sealed tree and its readers. A tree and the facts of one person
 * come in, a yes or no, its explanation and the next instant at which it may change by itself go
 * out. Nothing is kept.
 */
@NullMarked
package soloist.rules.condition;

import org.jspecify.annotations.NullMarked;
