/**
 * Whose event it is. Identifiers come in as people write them, the id of one profile goes out. It
 * keeps kind and value of every identifier with the profile it belongs to.
 */
@NullMarked
package soloist.identity;

import org.jspecify.annotations.NullMarked;
