/**
 * Finds groups among people of whom nobody said which there are: a matrix comes in, a group for
 * each of its rows goes out. Distances are Euclidean, so columns have to be comparable before. Kept
 * is nothing; the same matrix and seed give the same groups on any number of threads.
 */
@NullMarked
package soloist.learning.cluster;

import org.jspecify.annotations.NullMarked;
