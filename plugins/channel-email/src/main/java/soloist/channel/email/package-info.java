/**
 * The e-mail channel: rendered messages come in, SMTP transactions with a relay go out, and each
 * reply of the relay becomes an outcome. Whether the final dot of a message had been written
 * decides between "try again" and "nobody knows". Kept are open connections, for half a minute.
 */
@NullMarked
package soloist.channel.email;

import org.jspecify.annotations.NullMarked;
