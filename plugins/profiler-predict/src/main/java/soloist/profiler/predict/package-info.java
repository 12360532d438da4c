/**
 * The profiler of predictions: the orders of each customer and what became of them come in; the
 * chance that something happens within some days, with the facts that moved it, goes out. Whatever
 * is learnt from lies before an instant and what is foretold after it, and it is judged on days
 * later than those it was learnt from. Nothing is kept but the model that the platform keeps.
 */
@NullMarked
package soloist.profiler.predict;

import org.jspecify.annotations.NullMarked;
