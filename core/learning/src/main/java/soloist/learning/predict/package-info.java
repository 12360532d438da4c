/**
 * Learns to tell classes and values: rows of numbers with what became of them come in, a method
 * that says the chance of each class, or a value, goes out, with what moved it. Methods are written
 * in a form of their own, so what was learnt elsewhere is read here. Nothing is kept.
 */
@NullMarked
package soloist.learning.predict;

import org.jspecify.annotations.NullMarked;
