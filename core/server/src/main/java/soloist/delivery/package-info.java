/**
 * The way from the outbox to the relay. Queued rows come in, pass the gates and go out through a
 * channel at most once but for those under way at a crash. It keeps the outbox, and mails caught
 * while there is no relay.
 */
@NullMarked
package soloist.delivery;

import org.jspecify.annotations.NullMarked;
