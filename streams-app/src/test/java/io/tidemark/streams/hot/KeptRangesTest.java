package io.tidemark.streams.hot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.HotReads.Range;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class KeptRangesTest {
    private static final long STAY = 7;
    private static final Range ALL = new Range(key(0), key(999), true);

    @TempDir
    private Path directory;

    private final AtomicLong nanos = new AtomicLong(1);
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final OpenStores open = new OpenStores(partition -> {}, memory, nanos::get);

    /** Whatever is written, deleted and read in between, of two ranges that overlap. */
    @Test
    void areWhatTheStoreHas() {
        var random = new Random(20261129);
        List<Range> ranges = List.of(ALL, new Range(key(100), key(300), true));
        long most = 0;
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            KeyValueStore<Bytes, byte[]> store = shelf.keyValue();
            for (int round = 0; round < 400; round++) {
                for (int i = random.nextInt(40); i > 0; i--) {
                    byte[] value = random.nextInt(4) == 0 ? null : new byte[] {(byte) random.nextInt(100)};
                    store.put(key(random.nextInt(1_000)), value);
                }
                store.commit(Map.of());
                for (Range range : ranges) {
                    assertThat(read(range, STAY)).isEqualTo(scanned(range));
                }
                most = Math.max(most, memory.taken());
            }
            assertThat(most).as("kept").isBetween(10_000L, 1L << 20);
        }
        assertThat(memory.taken()).as("of a store that is closed").isZero();
    }

    @Test
    void haveWhatIsWrittenWhileTheyAreReadForTheFirstTime() {
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            KeyValueStore<Bytes, byte[]> store = shelf.keyValue();
            write(store, 5, 1);
            write(store, 6, 1);
            open.sideBySide(0, STAY, List.of(ALL), entries -> {
                assertThat(entries.get(0).next()).isTrue();
                write(store, 4, 2);
                write(store, 6, 2);
                return all(entries.get(0));
            });
            assertThat(read(ALL, STAY)).isEqualTo(scanned(ALL)).hasSize(3);
            assertThat(memory.taken()).isPositive();
        }
    }

    /** Between two stays a store is written to beneath us, out of its changelog. */
    @Test
    void areOfOneStayAlone() {
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            write(shelf.keyValue(), 5, 1);
            assertThat(read(ALL, OpenStores.RESTORING)).hasSize(1);
            assertThat(memory.taken()).as("while it is restored").isZero();
            read(ALL, STAY);
            long taken = memory.taken();
            assertThat(taken).isPositive();
            read(new Range(key(0), key(1), true), STAY + 1);
            assertThat(memory.taken()).as("nothing of the stay before").isEqualTo(KeptRange.ITSELF_BYTES);
            read(ALL, STAY + 1);
            assertThat(memory.taken()).isEqualTo(KeptRange.ITSELF_BYTES + taken);
            read(ALL, OpenStores.RESTORING);
            assertThat(memory.taken()).as("while it is restored again").isZero();
        }
    }

    @Test
    void areLetGoWhenNobodyReadsThem() {
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            write(shelf.keyValue(), 5, 1);
            read(ALL, STAY);
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            write(shelf.keyValue(), 6, 1);
            assertThat(memory.taken()).isPositive();
            read(ALL, STAY);
            nanos.addAndGet(Duration.ofSeconds(50).toNanos());
            write(shelf.keyValue(), 7, 1);
            assertThat(memory.taken()).isPositive();
            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
            write(shelf.keyValue(), 8, 1);
            assertThat(memory.taken()).isZero();
            assertThat(read(ALL, STAY)).hasSize(4);
        }
    }

    @Test
    void areNotKeptWhereThereIsNoRoomOrTheyAreReadInPart() {
        var little = new MemoryBudget(1_000);
        var tight = new OpenStores(partition -> {}, little, nanos::get);
        try (var shelf = new Shelf(directory, HotStore.builder(tight))) {
            KeyValueStore<Bytes, byte[]> store = shelf.keyValue();
            for (int i = 0; i < 5; i++) {
                write(store, i, i);
            }
            tight.sideBySide(0, STAY, List.of(ALL), entries -> entries.get(0).next());
            assertThat(little.taken()).as("read in part").isZero();
            tight.sideBySide(0, STAY, List.of(ALL), entries -> all(entries.get(0)));
            assertThat(little.taken()).isPositive();
            for (int i = 10; i < 30; i++) {
                write(store, i, i);
            }
            assertThat(little.taken()).as("grown too large").isZero();
            for (int time = 0; time < 2; time++) {
                int found = tight.sideBySide(0, STAY, List.of(ALL), entries -> all(entries.get(0)))
                        .size();
                assertThat(found).isEqualTo(25);
                assertThat(little.taken()).as("too large from the beginning").isZero();
            }
        }
    }

    /**
     * As an instance reads: what was written last is looked at first, and everything written before it must be there, or newer. Ranges are begun anew all
     * the time, as that is when something could be missed.
     */
    @Test
    @Timeout(60)
    void haveAtLeastWhatWasSeenInTheStore() throws Exception {
        Bytes progress = Bytes.wrap(new byte[] {0});
        var stop = new AtomicBoolean();
        var stay = new AtomicLong(STAY);
        try (var shelf = new Shelf(directory, HotStore.builder(open));
                var threads = new Threads()) {
            var flushed = PastTheCache.required(shelf.keyValue()).flushed();
            Future<Long> writing = threads.run(() -> {
                long version = 0;
                while (!stop.get()) {
                    version++;
                    var entries = new ArrayList<KeyValue<Bytes, byte[]>>();
                    for (int i = 0; i < 20; i++) {
                        entries.add(new KeyValue<>(key((int) ((version * 7 + i * 31L) % 1_000)), number(version)));
                    }
                    entries.add(new KeyValue<>(key(500), number(version)));
                    entries.add(new KeyValue<>(progress, number(version)));
                    flushed.putAll(entries);
                }
                return version;
            });
            var reading = new ArrayList<Future<Long>>();
            for (int i = 0; i < 2; i++) {
                reading.add(threads.run(() -> {
                    long reads = 0;
                    while (!stop.get()) {
                        long of = reads++ % 5 == 0 ? stay.incrementAndGet() : stay.get();
                        byte[] seen = open.get(0, List.of(progress)).get(0);
                        long least = seen == null ? 0 : ByteBuffer.wrap(seen).getLong();
                        long found = read(ALL, of).stream()
                                .filter(entry -> entry.startsWith(key(500) + " "))
                                .mapToLong(entry -> Long.parseLong(entry.substring(entry.lastIndexOf(' ') + 1)))
                                .max()
                                .orElse(0);
                        assertThat(found).isGreaterThanOrEqualTo(least);
                    }
                    return reads;
                }));
            }
            goOnForAWhile(stop, writing, reading);
        }
    }

    @Test
    void areReadAsTheyWereWhenTheyWereOpened() {
        try (var shelf = new Shelf(directory, HotStore.builder(open))) {
            KeyValueStore<Bytes, byte[]> store = shelf.keyValue();
            write(store, 5, 1);
            read(ALL, STAY);
            write(store, 6, 1);
            List<String> found = open.sideBySide(0, STAY, List.of(ALL), entries -> {
                write(store, 5, 2);
                write(store, 7, 2);
                return all(entries.get(0));
            });
            assertThat(found).containsExactly(key(5) + " 1", key(6) + " 1");
            assertThat(read(ALL, STAY)).containsExactly(key(5) + " 2", key(6) + " 1", key(7) + " 2");
        }
    }

    /** Of two that are opened side by side the first is kept; the second is kept as well, or so large that it is read from the store each time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void ofWhichNoneLacksWhatOneThatWasOpenedBeforeItHas(boolean large) throws Exception {
        var ranges = List.of(new Range(key(0), key(99), true), new Range(key(500), key(599), true));
        var stop = new AtomicBoolean();
        var stay = new AtomicLong(STAY);
        try (var shelf = new Shelf(directory, HotStore.builder(open));
                var threads = new Threads()) {
            var flushed = PastTheCache.required(shelf.keyValue()).flushed();
            for (int i = 550; large && i < 599; i++) {
                flushed.put(key(i), new byte[1 << 16]);
            }
            Future<Long> writing = threads.run(() -> {
                long version = 0;
                while (!stop.get()) {
                    version++;
                    flushed.putAll(List.of(
                            new KeyValue<>(key(500), number(version)), new KeyValue<>(key(5), number(version))));
                }
                return version;
            });
            var reading = new ArrayList<Future<Long>>();
            for (int i = 0; i < 2; i++) {
                reading.add(threads.run(() -> {
                    long reads = 0;
                    while (!stop.get()) {
                        long of = reads++ % 50 == 0 ? stay.incrementAndGet() : stay.get();
                        List<Long> found = open.sideBySide(
                                0, of, ranges, entries -> List.of(first(entries.get(0)), first(entries.get(1))));
                        assertThat(found.get(1)).isGreaterThanOrEqualTo(found.get(0));
                    }
                    return reads;
                }));
            }
            goOnForAWhile(stop, writing, reading);
        }
    }

    private static void goOnForAWhile(AtomicBoolean stop, Future<Long> writing, List<Future<Long>> reading)
            throws Exception {
        Thread.sleep(2_000);
        stop.set(true);
        long rounds = 0;
        for (Future<Long> one : reading) {
            rounds += one.get();
        }
        assertThat(rounds).isGreaterThan(100);
        assertThat(writing.get()).isGreaterThan(100);
    }

    private static long first(Entries entries) {
        long first = entries.next() ? ByteBuffer.wrap(entries.value()).getLong() : 0;
        while (entries.next()) {
            // To its end: else it is not kept.
        }
        return first;
    }

    private static final class Threads implements AutoCloseable {
        private final ExecutorService pool = Executors.newFixedThreadPool(3);

        Future<Long> run(Callable<Long> task) {
            return pool.submit(task);
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    private static void write(KeyValueStore<Bytes, byte[]> store, int key, int value) {
        store.put(key(key), new byte[] {(byte) value});
        store.commit(Map.of());
    }

    private List<String> read(Range range, long stay) {
        return open.sideBySide(0, stay, List.of(range), entries -> all(entries.get(0)));
    }

    private List<String> scanned(Range range) {
        var found = new ArrayList<String>();
        open.scan(0, range.from(), range.to(), (key, value) -> found.add(text(key, value)));
        return found;
    }

    private static List<String> all(Entries entries) {
        var found = new ArrayList<String>();
        while (entries.next()) {
            found.add(text(entries.key(), entries.value()));
        }
        return found;
    }

    private static String text(byte[] key, byte[] value) {
        long number = value.length == Long.BYTES ? ByteBuffer.wrap(value).getLong() : value[0];
        return Bytes.wrap(key) + " " + number;
    }

    private static Bytes key(int number) {
        return Bytes.wrap(new byte[] {1, (byte) (number >> 8), (byte) number});
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
