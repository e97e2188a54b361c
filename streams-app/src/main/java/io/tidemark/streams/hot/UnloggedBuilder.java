package io.tidemark.streams.hot;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes a store of a room's own that has no changelog: it holds nothing that is not stored elsewhere, and is a store only so that
 * Kafka Streams gives it to each task and opens and closes it.
 */
public record UnloggedBuilder<T extends StateStore>(String name, Supplier<T> store) implements StoreBuilder<T> {
    @Override
    public T build() {
        return store.get();
    }

    @Override
    public StoreBuilder<T> withCachingEnabled() {
        return this;
    }

    @Override
    public StoreBuilder<T> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<T> withLoggingEnabled(Map<String, String> config) {
        throw new UnsupportedOperationException("there is nothing to log");
    }

    @Override
    public StoreBuilder<T> withLoggingDisabled() {
        return this;
    }

    @Override
    public Map<String, String> logConfig() {
        return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
        return false;
    }
}
