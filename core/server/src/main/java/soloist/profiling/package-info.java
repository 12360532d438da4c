/**
 * Profilers at work. An instance comes in, people's traits are laid out as a table, and what was
 * learnt goes out as rows in the journal, each trait with the facts behind it. It keeps each model
 * with its card, when it is repeated, and which one counts.
 */
@NullMarked
package soloist.profiling;

import org.jspecify.annotations.NullMarked;
