/**
 * What follows for a person. Changes come in, decisions with their reasons and rows for the outbox
 * go out. It keeps definitions and decisions.
 */
@NullMarked
package soloist.campaign;

import org.jspecify.annotations.NullMarked;
