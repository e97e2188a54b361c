package io.tidemark.streams.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Shelf;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class FlushedStoreTest {

    /** A default of the interface would silently stand in for the store's own: offsets would not be kept, say. */
    @Test
    void handsOnEveryMethodOfAStore() {
        List<Method> own = Arrays.asList(FlushedStore.class.getDeclaredMethods());
        for (Method method : KeyValueStore.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                assertThat(own)
                        .as(method.toString())
                        .anyMatch(one -> one.getName().equals(method.getName())
                                && Arrays.equals(one.getParameterTypes(), method.getParameterTypes()));
            }
        }
    }

    @Test
    void answersFromBeneathTheRecordCache(@TempDir Path directory) {
        Bytes key = Bytes.wrap(new byte[] {1});
        try (var shelf = new Shelf(directory, HotStore.builder(partition -> {}))) {
            StateStore store = shelf.keyValue();
            shelf.keyValue().put(key, new byte[] {7});
            assertThat(shelf.keyValue().get(key)).containsExactly(7);
            var before = store.query(new FlushedGets(List.of(key)), PositionBound.unbounded(), new QueryConfig(false));
            assertThat(before.isSuccess()).isTrue();
            assertThat(before.getResult().get(0)).as("not flushed yet").isNull();
        }
    }

    /** A flush holds the store while it waits for the position: who held that and waited for the store would wait for ever. */
    @Test
    void readsARangeWithoutThePosition(@TempDir Path directory) throws Exception {
        try (var shelf = new Shelf(directory, HotStore.builder(partition -> {}))) {
            StateStore beneath = shelf.keyValue();
            while (beneath instanceof WrappedStateStore<?, ?, ?> wrapping) {
                beneath = wrapping.wrapped();
            }
            StateStore store = beneath;
            synchronized (store.getPosition()) {
                var read = CompletableFuture.supplyAsync(() -> store.query(
                                RangeQuery.<Bytes, byte[]>withNoBounds(),
                                PositionBound.unbounded(),
                                new QueryConfig(false))
                        .isSuccess());
                assertThat(read.get(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
