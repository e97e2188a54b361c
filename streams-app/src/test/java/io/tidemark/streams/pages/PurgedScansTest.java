package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What was purged costs nothing afterwards: neither those who scan what is left, nor the purge itself. */
@NullMarked
@ParameterizedClass
@EnumSource(PageCache.Form.class)
class PurgedScansTest {
    private static final long DAY = 1_440;
    private static final long FIRST_DAY = 20_600;
    private static final int DAYS = 30;
    private static final int CUSTOMERS = 20;
    private static final Retention KEEP = new Retention(Duration.ofDays(3), Duration.ofDays(10));
    private static final List<String> TENANTS = List.of("a", "z");
    /** A scan may meet the one or other tombstone at its edges. */
    private static final long FEW = 10;

    @Parameter
    private PageCache.Form form = PageCache.Form.DECODED;

    @TempDir
    private Path directory;

    private Shelf shelf;
    private Tombstones tombstones;
    private KeyValueStore<Bytes, byte[]> store;
    private TaskPages task;

    @BeforeEach
    void fill() {
        shelf = new Shelf(directory.resolve("shelf"), HotStore.builder(new OpenStores(partition -> {})));
        tombstones = new Tombstones(directory.resolve("tombstones"));
        store = shelf.keyValue();
        task = new PageMemory(new PageCache(form, 1 << 20)).open(store);
        for (String tenant : TENANTS) {
            for (long minute = FIRST_DAY * DAY; minute < (FIRST_DAY + DAYS) * DAY; minute += 60) {
                write(tenant, minute);
            }
        }
        toRocksDb();
    }

    @AfterEach
    void stop() {
        tombstones.close();
        shelf.close();
    }

    @Test
    void doNotMeetWhatWasDeleted() {
        purge(new Purge(store, task, KEEP), 40);
        long last = FIRST_DAY + DAYS - 1;
        for (String tenant : TENANTS) {
            assertThat(scan(tenant, Granularity.MONTH, last * DAY)).as("months").isLessThan(FEW);
            assertThat(scan(tenant, Granularity.DAY, last * DAY)).as("days").isLessThan(FEW);
            assertThat(scan(tenant, Granularity.HOUR, (last + 1) * DAY - 1))
                    .as("hours")
                    .isLessThan(FEW);
        }
        assertThat(scan("nobody", Granularity.MONTH, last * DAY)).isLessThan(FEW);
    }

    @Test
    void doNotMakeThePurgeMeetItsOwnTombstones() {
        var purge = new Purge(store, task, KEEP);
        for (int i = 0; i < 20; i++) {
            assertThat(tombstones.steppedOver(() -> purge(purge, 1))).isLessThan(FEW);
        }
        assertThat(tombstones.steppedOver(() -> purge(new Purge(store, task, KEEP), 3)))
                .as("a purge that starts anew begins where the last one was through")
                .isLessThan(FEW);
    }

    @Test
    void wouldMeetItWithoutTheWall() {
        purge(new Purge(store, task, KEEP), 40);
        for (String tenant : TENANTS) {
            for (Granularity granularity : Granularity.values()) {
                PageKey.wall(tenant, granularity).forEach(stored()::delete);
            }
        }
        toRocksDb();
        assertThat(scan("a", Granularity.MONTH, (FIRST_DAY + DAYS - 1) * DAY)).isGreaterThan(10 * FEW);
    }

    private long scan(String tenant, Granularity granularity, long minute) {
        int period = granularity.period(minute);
        Bytes from = PageKey.prefix(tenant, granularity, period).toKey();
        Bytes to = PageKey.prefix(tenant, granularity, period + 1).toKey();
        return tombstones.steppedOver(() -> {
            int found = 0;
            try (var pages = stored().range(from, to)) {
                for (; pages.hasNext(); pages.next()) {
                    found++;
                }
            }
            assertThat(found).isEqualTo(TENANTS.contains(tenant) ? CUSTOMERS : 0);
        });
    }

    private void purge(Purge purge, int times) {
        for (int i = 0; i < times; i++) {
            purge.someMore(Instant.ofEpochSecond((FIRST_DAY + DAYS) * DAY * 60));
        }
        toRocksDb();
    }

    private KeyValueStore<Bytes, byte[]> stored() {
        return task.stored(page -> false);
    }

    /** As a commit does: the record cache keeps what it deleted from RocksDB's eyes. */
    private void toRocksDb() {
        store.commit(Map.of());
    }

    private void write(String tenant, long minute) {
        var series = new Series(EventKind.USAGE, "m", "", "");
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            for (Granularity granularity : Granularity.values()) {
                var page = new Page(granularity, 1);
                page.add(minute, new Amounts(1), new Arrival(1_792_497_600, false, false));
                int period = granularity.period(minute);
                Bytes key = new PageKey(tenant, granularity, period, "c" + customer, series).toBytes();
                stored().put(key, page.encode());
            }
        }
    }
}
