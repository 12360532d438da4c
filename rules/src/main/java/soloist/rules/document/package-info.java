/**
 * Strict reading of neutral documents, the maps and lists that JSON and BSON share. Untrusted
 * documents come in, checked values or one kind of refusal go out. Nothing is kept.
 */
@NullMarked
package soloist.rules.document;

import org.jspecify.annotations.NullMarked;
