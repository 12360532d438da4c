/**
 * Numbers as the algorithms take them: rows are people, columns are features. Nothing here or in
 * the other packages of this module but {@code words} knows the platform, a plugin or a database.
 * The same input and seed give the same answer.
 */
@NullMarked
package soloist.learning.data;

import org.jspecify.annotations.NullMarked;
