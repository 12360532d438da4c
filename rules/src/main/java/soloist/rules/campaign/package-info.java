/**
 * The campaign model: trigger, audience, steps. Documents come in, checked records go out. Nothing
 * is kept.
 */
@NullMarked
package soloist.rules.campaign;

import org.jspecify.annotations.NullMarked;
