/**
 * The profiler of customer value: orders, spending and the last order of each customer come in;
 * scores against all others, expected orders and spending, the chance that he does not come back
 * and the facts behind them go out, with segments that stand on them. Scores compare customers with
 * each other and the models learn from those who came back, so they say nothing until there are
 * enough. Nothing is kept but the model that the platform keeps.
 */
@NullMarked
package soloist.profiler.value;

import org.jspecify.annotations.NullMarked;
