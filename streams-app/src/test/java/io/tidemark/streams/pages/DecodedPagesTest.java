package io.tidemark.streams.pages;

import static io.tidemark.streams.pages.Hot.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.PageCache.Form;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class DecodedPagesTest {
    private static final long DAY = 1_440;
    private static final long NOON = 20_600 * DAY + 720;
    private static final PageCache TINY = new PageCache(Form.DECODED, 1);

    @TempDir
    private Path directory;

    private Hot hot;

    @BeforeEach
    void open() {
        hot = new Hot(directory.resolve("hot"), PageCache.DEFAULT);
    }

    @AfterEach
    void close() {
        hot.close();
    }

    private void openAnew(PageCache settings) {
        hot.close();
        hot = new Hot(directory.resolve("anew"), settings);
    }

    @Test
    void areWrittenOnceForManyEventsWhenTheRecordCacheWrites() {
        for (int i = 0; i < 100; i++) {
            hot.add(event("c", NOON + i % 60, 1));
        }
        assertThat(hot.content()).isEmpty();
        hot.commit();
        assertThat(Hot.counted(hot.content())).isEqualTo(100);
        assertThat(hot.logged().stream().filter(Hot::isPage)).hasSize(3);
        hot.add(event("c", NOON, 1));
        hot.commit();
        assertThat(hot.logged().stream().filter(Hot::isPage)).hasSize(3);
        assertThat(Hot.counted(hot.content())).isEqualTo(101);
    }

    @Test
    void areThereBeforeTheProgressThatSpeaksOfThem() {
        for (int commit = 0; commit < 3; commit++) {
            for (int i = 0; i < 10; i++) {
                hot.add(event("c" + i, NOON, 1));
            }
            hot.commit();
            List<Bytes> logged = hot.logged();
            assertThat(logged).filteredOn(Hot::isPage).hasSize(10);
            assertThat(logged.subList(0, 10)).allMatch(Hot::isPage);
            assertThat(logged.subList(10, logged.size())).anyMatch(Hot::isProgress);
        }
    }

    @Test
    void areThereBeforeProgressAlsoWhenTheRecordCacheIsFull() {
        long seen = 0;
        for (int i = 1; i <= 40; i++) {
            hot.add(event("c" + i % 3, NOON + i, 1));
            // Ten of these fill it.
            hot.store.put(Bytes.wrap(new byte[] {HotStore.PARKED, (byte) i}), new byte[1_000_000]);
            seen = Hot.progress(hot.content());
            assertThat(Hot.counted(hot.content())).isGreaterThanOrEqualTo(seen);
        }
        assertThat(seen).as("without a commit").isPositive();
        assertThat(Hot.progress(hot.replay())).isEqualTo(40);
    }

    @Test
    void goOutAtOnceWhereThereIsNoRoomForThem() {
        openAnew(TINY);
        for (int i = 1; i <= 50; i++) {
            hot.add(event("c" + i % 5, NOON + i, 1));
            assertThat(Hot.counted(hot.content())).isEqualTo(i);
            assertThat(Hot.progress(hot.content())).isZero();
        }
        hot.commit();
        assertThat(Hot.progress(hot.replay())).isEqualTo(50);
    }

    @Test
    void shareTheirMemory() {
        var memory = new PageMemory(new PageCache(Form.DECODED, 1_000));
        TaskPages one = memory.open(hot.store);
        assertThat(memory.share()).isEqualTo(1_000);
        TaskPages other = memory.open(hot.store);
        assertThat(memory.share()).isEqualTo(500);
        one.close();
        other.close();
        assertThat(memory.share()).isEqualTo(1_000);
    }

    @Test
    void areNotLookedForWhereTheCoarserPageSaysThereIsNone() {
        hot.add(event("another", NOON, 1));
        hot.commit();
        try (var counts = new Tombstones(directory.resolve("counts"))) {
            assertThat(counts.lookedFor(() -> hot.pages.add(event("c", NOON, 1), Hot.APPENDED, Horizon.NONE)))
                    .as("the month alone")
                    .isEqualTo(1);
            assertThat(counts.lookedFor(() -> {
                        for (int quarter = 0; quarter < 24 * 4 * 4; quarter++) {
                            hot.pages.add(event("c", NOON + quarter * 15L, 1), Hot.APPENDED, Horizon.NONE);
                            hot.pages.add(event("c", NOON + quarter * 15L + 1, 1), Hot.APPENDED, Horizon.NONE);
                        }
                    }))
                    .as("five new days of that month and their hours")
                    .isZero();
        }
    }

    @Test
    void areLookedForWhereTheCoarserPageSaysThatThereMayBeOne() {
        hot.add(event("c", NOON, 5));
        hot.add(event("c", NOON + 1, -5));
        hot.commit();
        try (var again = new Hot(directory.resolve("again"), PageCache.DEFAULT, hot.replay());
                var counts = new Tombstones(directory.resolve("counts"))) {
            assertThat(counts.lookedFor(() -> again.add(event("c", NOON + 1, 1))))
                    .as("slots that sum to zero are there")
                    .isGreaterThanOrEqualTo(3);
            assertThat(counts.lookedFor(() -> again.pages.add(event("c", NOON + 60, 1), Hot.APPENDED, Horizon.NONE)))
                    .as("another hour of that day")
                    .isZero();
            assertThat(counts.lookedFor(() -> again.pages.add(event("c", NOON + 61, 1), Hot.APPENDED, Horizon.NONE)))
                    .as("a new page of that hour")
                    .isZero();
            again.commit();
            assertThat(sums(again, Granularity.HOUR, NOON)).isEqualTo(quantity(3, 1));
            assertThat(sums(again, Granularity.HOUR, NOON + 60)).isEqualTo(quantity(2, 2));
            assertThat(sums(again, Granularity.DAY, NOON)).isEqualTo(quantity(5, 3));
        }
    }

    @Test
    void areNotMadeWhereTheyHavePassed() {
        hot.add(event("c", NOON, 1), new Horizon(NOON + DAY, NOON - DAY, 0, 0));
        hot.add(event("c", NOON + 1, 1), new Horizon(NOON + DAY, NOON - DAY, 0, 0));
        hot.add(event("c", NOON + 2, 1), new Horizon(NOON + DAY, NOON + DAY, 0, 0));
        hot.commit();
        assertThat(sums(hot, Granularity.HOUR, NOON)).isEqualTo(quantity(0, 0));
        assertThat(sums(hot, Granularity.DAY, NOON)).isEqualTo(quantity(2, 2));
        assertThat(sums(hot, Granularity.MONTH, NOON)).isEqualTo(quantity(3, 3));
    }

    @Test
    void areNotMadeForASlotOfASingleMinute() {
        hot.add(event("c", NOON, 1));
        hot.add(event("c", NOON, 1));
        assertThat(sums(hot, Granularity.DAY, NOON)).isEqualTo(quantity(0, 0));
        hot.add(event("c", NOON + 30, 10));
        assertThat(sums(hot, Granularity.DAY, NOON)).isEqualTo(quantity(3, 12));
        assertThat(sums(hot, Granularity.HOUR, NOON)).isEqualTo(quantity(0, 0));
        hot.add(event("c", NOON + 44, 100));
        assertThat(sums(hot, Granularity.HOUR, NOON))
                .as("of that quarter hour alone")
                .isEqualTo(quantity(2, 110));
        hot.add(event("c", NOON + 1, 1_000));
        assertThat(sums(hot, Granularity.HOUR, NOON)).isEqualTo(quantity(5, 1_112));
        assertThat(sums(hot, Granularity.DAY, NOON)).isEqualTo(quantity(5, 1_112));
        assertThat(sums(hot, Granularity.MONTH, NOON)).isEqualTo(quantity(5, 1_112));
    }

    /** Whoever reads from the coarsest on must not find that there is a finer page before it is there. */
    @Test
    void areWrittenTheFinestFirst() {
        for (int i = 0; i < 40; i++) {
            hot.add(event("c" + i % 5, NOON + i, 1));
        }
        hot.commit();
        int granularityAt = 1 + Hot.TENANT.length() + 1;
        assertThat(hot.logged())
                .filteredOn(Hot::isPage)
                .extracting(key -> (int) key.get()[granularityAt])
                .hasSize(15)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void areSeenInsideTheTaskBeforeTheyAreWritten() {
        hot.add(event("c", NOON, 7));
        assertThat(sums(hot, Granularity.MONTH, NOON)).isEqualTo(quantity(1, 7));
        assertThat(sums(hot, Granularity.MONTH, NOON + 40 * DAY)).isEqualTo(quantity(0, 0));
    }

    @Test
    void areWrittenAndLetGoBeforeSomebodyChangesThemInTheStore() {
        hot.add(event("c", NOON, 7));
        Bytes key = key(Granularity.MONTH, NOON).toBytes();
        var stored = hot.pages.stored(page -> page.owner().isOf(Hot.TENANT, "c"));
        assertThat(Hot.progress(hot.content())).as("in the order of a commit").isEqualTo(1);
        assertThat(stored.get(key)).isNotNull();
        stored.delete(key);
        hot.add(event("c", NOON, 1));
        assertThat(sums(hot, Granularity.MONTH, NOON)).isEqualTo(quantity(1, 1));
    }

    @Test
    void areStillWrittenForATaskThatIsClosedBeforeItIsCommitted() {
        hot.add(event("c", NOON, 1));
        hot.pages.close();
        hot.commit();
        assertThat(Hot.counted(hot.content())).isEqualTo(1);
        assertThat(Hot.progress(hot.content())).isEqualTo(1);
    }

    @Test
    void areNothingOfATaskThatIsOpenedAgain() {
        hot.add(event("c", NOON, 1));
        hot.commit();
        TaskPages again = new PageMemory(PageCache.DEFAULT).open(hot.store);
        assertThat(TaskPages.of(hot.store)).isSameAs(again).isNotSameAs(hot.pages);
        again.add(event("c", NOON, 1), Hot.APPENDED, Horizon.NONE);
        hot.store.put(Bytes.wrap(new byte[] {HotStore.PARKED}), new byte[1]);
        hot.commit();
        assertThat(Hot.counted(hot.content())).isEqualTo(2);
    }

    private static PageKey key(Granularity granularity, long minute) {
        return new PageKey(
                Hot.TENANT,
                granularity,
                granularity.period(minute),
                "c",
                new Series(EventKind.USAGE, "storage", "", ""));
    }

    private static Amounts sums(Hot of, Granularity granularity, long minute) {
        Amounts sums = Amounts.of(EventKind.USAGE);
        of.pages.sum(key(granularity, minute), sums);
        return sums;
    }

    private static Amounts quantity(long count, long quantity) {
        Amounts sums = Amounts.of(EventKind.USAGE);
        sums.add(Amounts.OfUsage.COUNT, count);
        sums.add(Amounts.OfUsage.QUANTITY, quantity);
        return sums;
    }
}
