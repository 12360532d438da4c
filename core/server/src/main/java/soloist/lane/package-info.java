/**
 * The journal and its single writers. Rows come in numbered without gaps, batches of them go out
 * judged once and committed in one order. It keeps journal, cursors and redo records.
 */
@NullMarked
package soloist.lane;

import org.jspecify.annotations.NullMarked;
