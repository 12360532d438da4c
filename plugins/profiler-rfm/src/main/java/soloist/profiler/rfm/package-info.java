/**
 * The RFM profiler: orders, spending and the last order of each customer come in, three scores, a
 * group and the facts behind them go out, with segments that stand on them. Scores compare
 * customers with each other, so they say nothing until there are enough of them. Nothing is kept
 * but the model that the platform keeps: the bounds between scores.
 */
@NullMarked
package soloist.profiler.rfm;

import org.jspecify.annotations.NullMarked;
