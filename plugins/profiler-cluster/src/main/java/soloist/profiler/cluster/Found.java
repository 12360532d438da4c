package soloist.profiler.cluster;

import org.jspecify.annotations.Nullable;
import soloist.learning.cluster.Advice;
import soloist.learning.cluster.Dendrogram;
import soloist.learning.cluster.Grouping;
import soloist.learning.cluster.Portrait;
import soloist.learning.data.Matrix;

/**
 * All that a card tells of.
 *
 * @param groups what was learnt
 * @param scaled the people it was learnt from, comparable
 * @param grouping their groups
 * @param portraits of the groups, by comparable columns
 * @param advice what suits, whether it was followed or not
 * @param way what was done
 * @param tree of hierarchical groups
 * @param learnt from how many people the groups come; all others were placed beside them
 */
@SuppressWarnings("ArrayRecordComponent")
record Found(
    Groups groups,
    Matrix scaled,
    Grouping grouping,
    Portrait[] portraits,
    Advice advice,
    Way way,
    @Nullable Dendrogram tree,
    int learnt) {}
