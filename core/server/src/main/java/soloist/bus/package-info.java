/**
 * The event bus with typed addresses. Wake-ups and facts in the past tense come in and go out as
 * immutable records. It keeps nothing: whoever misses a message finds the same in the store.
 */
@NullMarked
package soloist.bus;

import org.jspecify.annotations.NullMarked;
