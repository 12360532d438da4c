/**
 * Who may do what, and what nobody can forge. Requests, a key file and facts about messages come
 * in; callers with their rights, lines of the audit log and signed links go out. It keeps users,
 * sessions, tokens, the audit log and the keys.
 */
@NullMarked
package soloist.security;

import org.jspecify.annotations.NullMarked;
