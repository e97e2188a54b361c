package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.PageCache.Form;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two tasks, one of each form, get the same events, commits, purges and crashes. After each commit the same lies in both stores, to the byte,
 * and in the changelog, from which they go on after a crash. {@link Hot} checks that no progress ever came before its pages.
 */
@NullMarked
class BothFormsOfPagesTest {
    private static final int STEPS = 1_500;
    private static final int DAYS = 40;
    private static final long DAY = 1_440;
    private static final long FIRST_DAY = 20_600;
    private static final Retention KEEP = new Retention(Duration.ofDays(4), Duration.ofDays(12));

    @TempDir
    private Path directory;

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void storeTheSame(long seed) {
        var random = new Random(seed);
        // From so little that nothing stays to so much that everything does.
        var decoded = new PageCache(Form.DECODED, 1L << (8 + 2 * random.nextInt(8)));
        Task one = new Task("one", decoded, Map.of());
        Task other = new Task("other", new PageCache(Form.STOCK, 1), Map.of());
        SortedMap<Bytes, byte[]> committed = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            Event event = draw(random, step);
            one.hot.add(event, one.purge.horizon());
            other.hot.add(event, other.purge.horizon());
            if (random.nextInt(40) == 0) {
                Instant now = Instant.ofEpochSecond((FIRST_DAY + (long) DAYS * step / STEPS) * DAY * 60);
                one.purge.someMore(now);
                other.purge.someMore(now);
            }
            if (random.nextInt(20) == 0) {
                committed = commit(one, other);
            } else if (random.nextInt(150) == 0) {
                one.close();
                other.close();
                one = new Task("one" + step, decoded, committed);
                other = new Task("other" + step, new PageCache(Form.STOCK, 1), committed);
            }
        }
        commit(one, other);
        one.close();
        other.close();
    }

    /** Of live traffic, with some that is late. */
    private static Event draw(Random random, int step) {
        long now = FIRST_DAY * DAY + DAYS * DAY * step / STEPS;
        long minute = random.nextInt(4) == 0 ? now - random.nextInt((int) (6 * DAY)) : now - random.nextInt(90);
        String customer = "c" + random.nextInt(random.nextBoolean() ? 3 : 30);
        return Hot.event(customer, "m" + random.nextInt(2), minute, random.nextInt(5) - 2);
    }

    private static SortedMap<Bytes, byte[]> commit(Task one, Task other) {
        one.hot.commit();
        other.hot.commit();
        SortedMap<Bytes, byte[]> stored = one.hot.content();
        assertSame(stored, other.hot.content());
        assertSame(one.hot.replay(), stored);
        return stored;
    }

    private static void assertSame(SortedMap<Bytes, byte[]> some, SortedMap<Bytes, byte[]> others) {
        assertThat(some.keySet()).isEqualTo(others.keySet());
        some.forEach((key, value) -> assertThat(value).as("%s", key).isEqualTo(others.get(key)));
        assertThat(some.keySet()).anyMatch(key -> key.get()[0] == HotStore.PAGE);
    }

    private final class Task {
        private final Hot hot;
        private final Purge purge;

        private Task(String name, PageCache settings, Map<Bytes, byte[]> content) {
            hot = new Hot(directory.resolve(name), settings, content);
            purge = new Purge(hot.store, hot.pages, KEEP);
        }

        private void close() {
            hot.close();
        }
    }
}
