/**
 * Keys and signed links. A key file and facts about a message come in, tokens that cannot be forged
 * go out. It keeps the keys.
 */
@NullMarked
package soloist.security;

import org.jspecify.annotations.NullMarked;
