/**
 * The one way to MongoDB. A URI comes in, collections with their indexes go out. It keeps the
 * client.
 */
@NullMarked
package soloist.store;

import org.jspecify.annotations.NullMarked;
