/**
 * The webhook channel: messages come in, signed JSON goes out by POST, and each status becomes an
 * outcome. Nothing is kept.
 */
@NullMarked
package soloist.channel.webhook;

import org.jspecify.annotations.NullMarked;
