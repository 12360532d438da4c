package soloist.embedded;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one key of a {@link BulkMap}.
 *
 * @param value what it has then, or null when it goes
 */
@SuppressWarnings("ArrayRecordComponent")
record Item<V>(byte[] key, @Nullable V value) {}
