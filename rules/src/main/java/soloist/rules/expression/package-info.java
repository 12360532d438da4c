/**
 * Numbers that an owner makes of what is known of a person. The text of a formula and the facts of
 * one person come in, a number or nothing goes out. It keeps nothing and runs no code.
 */
@NullMarked
package soloist.rules.expression;

import org.jspecify.annotations.NullMarked;
