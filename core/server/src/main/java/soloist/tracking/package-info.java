/**
 * What comes back from a message. Opens, clicks and unsubscribes come in by signed links, events go
 * out. It keeps nothing.
 */
@NullMarked
package soloist.tracking;

import org.jspecify.annotations.NullMarked;
