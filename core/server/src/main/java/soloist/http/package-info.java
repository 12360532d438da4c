/**
 * The HTTP server under all endpoints. Requests come in guarded and sized, replies and problems
 * (RFC 9457) go out. It keeps no state of a caller.
 */
@NullMarked
package soloist.http;

import org.jspecify.annotations.NullMarked;
