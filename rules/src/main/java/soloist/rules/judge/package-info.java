/**
 * How campaigns are judged. Situations come in, decisions go out. A judge keeps the rules it was
 * built from, compiled.
 */
@NullMarked
package soloist.rules.judge;

import org.jspecify.annotations.NullMarked;
