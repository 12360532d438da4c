/**
 * The profiler that finds groups: traits of each customer that the owner named come in, the group
 * of each goes out with the facts that placed him there, and a segment for each group. Groups are
 * ordered by value and named by what sets them apart. Nothing is kept but the model that the
 * platform keeps: how traits are made comparable, and examples of each group.
 */
@NullMarked
package soloist.profiler.cluster;

import org.jspecify.annotations.NullMarked;
