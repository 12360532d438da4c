/**
 * Work that takes longer than a request. A kind and something to run come in; progress, a result or
 * a reason go out, over HTTP while it runs and from the store ever after. It keeps one document a
 * job.
 */
@NullMarked
package soloist.job;

import org.jspecify.annotations.NullMarked;
