/**
 * How well something is predicted: truths and predictions come in, figures with their intervals go
 * out. Every interval names the paper it is from. Nothing is kept.
 */
@NullMarked
package soloist.learning.measure;

import org.jspecify.annotations.NullMarked;
