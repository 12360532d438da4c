/**
 * The door for everything that changes a person. Events come in checked and resolved, a durable
 * journal row goes out before the answer. It keeps nothing of its own.
 */
@NullMarked
package soloist.ingest;

import org.jspecify.annotations.NullMarked;
