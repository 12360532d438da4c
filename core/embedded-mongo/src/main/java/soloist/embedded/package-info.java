/**
 * MongoDB's wire protocol comes in on loopback, from the same driver that talks to a real MongoDB.
 * Replies go out, those to writes only after the change is synced to disk. It keeps a file of
 * documents and indexes, made by H2's MVStore, and a log of what was changed since that was
 * written, in the directory it was opened on.
 */
@NullMarked
package soloist.embedded;

import org.jspecify.annotations.NullMarked;
