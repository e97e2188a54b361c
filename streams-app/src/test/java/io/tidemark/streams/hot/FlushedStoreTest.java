package io.tidemark.streams.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.fixtures.Shelf;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
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
    void isReadFromBeneathTheRecordCacheForAsLongAsItIsOpen(@TempDir Path directory) {
        Bytes key = Bytes.wrap(new byte[] {1});
        var opened = new ArrayList<Integer>();
        var open = new OpenStores(opened::add);
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            assertThat(opened).containsExactly(0);
            shelf.keyValue().put(key, new byte[] {7});
            assertThat(shelf.keyValue().get(key)).containsExactly(7);
            assertThat(open.get(0, List.of(key)).get(0)).as("not flushed yet").isNull();
            assertThat(scanned(open, key)).isEmpty();
            shelf.keyValue().commit(Map.of());
            assertThat(open.get(0, List.of(key)).get(0)).containsExactly(7);
            assertThat(scanned(open, key)).hasSize(1);
        }
        assertThatThrownBy(() -> open.get(0, List.of(key))).isInstanceOf(HotReads.NotServed.class);
        assertThatThrownBy(() -> scanned(open, key)).isInstanceOf(HotReads.NotServed.class);
    }

    private static List<byte[]> scanned(OpenStores open, Bytes key) {
        var values = new ArrayList<byte[]>();
        open.scan(0, key, key, (any, value) -> values.add(value));
        return values;
    }

    /** What is written later may speak of what was not: Kafka Streams flushes the task's other stores before it ends the task. */
    @Test
    void takesNothingMoreOnceAWriteFailed() {
        var written = new ArrayList<Bytes>();
        KeyValueStore<Bytes, byte[]> store = FlushedStore.over(failingFirst(written), new OpenStores(partition -> {}))
                .get();
        Bytes key = Bytes.wrap(new byte[] {1});
        assertThatThrownBy(() -> store.put(key, new byte[] {7})).hasMessage("no room");
        assertThatThrownBy(() -> store.put(key, new byte[] {7})).isInstanceOf(ProcessorStateException.class);
        assertThatThrownBy(() -> store.putAll(List.of())).isInstanceOf(ProcessorStateException.class);
        assertThat(written).as("of what the one beneath would take").containsExactly(key);
    }

    /** A store of which the first write fails, and no other. */
    @SuppressWarnings("unchecked")
    private static KeyValueBytesStoreSupplier failingFirst(List<Bytes> written) {
        var store = (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                FlushedStoreTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    written.add((Bytes) arguments[0]);
                    if (written.size() == 1) {
                        throw new IllegalStateException("no room");
                    }
                    return null;
                });
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return store;
            }

            @Override
            public String metricsScope() {
                return "failing";
            }
        };
    }

    /** A flush holds the store while it waits for the position: who held that and waited for the store would wait for ever. */
    @Test
    void readsARangeWithoutThePosition(@TempDir Path directory) throws Exception {
        var open = new OpenStores(partition -> {});
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            Bytes key = Bytes.wrap(new byte[] {1});
            synchronized (shelf.keyValue().getPosition()) {
                assertThat(CompletableFuture.supplyAsync(() -> scanned(open, key))
                                .get(10, TimeUnit.SECONDS))
                        .isEmpty();
            }
        }
    }
}
