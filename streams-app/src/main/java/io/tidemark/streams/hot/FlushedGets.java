package io.tidemark.streams.hot;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.query.Query;
import org.jspecify.annotations.Nullable;

/**
 * An interactive query of our own: the values of some keys, in their order, as they were last flushed.
 *
 * <p>Kafka 4.3.1's {@code KeyQuery.skipCache()} does not skip the cache of a plain key-value store: {@code
 * MeteredKeyValueStore} makes a new query without the flag. A query of a class it does not know it hands on untouched,
 * past the record cache, to the store beneath (docs/decisions/0004).
 */
public record FlushedGets(List<Bytes> keys) implements Query<List<byte @Nullable []>> {
    public FlushedGets {
        keys = List.copyOf(keys);
    }
}
