package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

@NullMarked
@ParameterizedClass
@EnumSource(PageCache.Form.class)
class PurgeTest {
    private static final int AT_ONCE = 2_000;
    private static final long DAY = 1_440;
    private static final long FIRST_DAY = 20_600;
    private static final Retention KEEP = new Retention(Duration.ofDays(3), Duration.ofDays(10));
    private static final List<String> TENANTS = List.of("a", "a-b", "z");

    @Parameter
    private PageCache.Form form = PageCache.Form.DECODED;

    @TempDir
    private Path directory;

    private Shelf shelf;
    private KeyValueStore<Bytes, byte[]> store;
    private TaskPages task;
    private Purge purge;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void fill() {
        shelf = new Shelf(directory, HotStore.builder(new OpenStores(partition -> {})));
        store = shelf.keyValue();
        // What stands before and behind the pages must stay.
        store.put(Bytes.wrap(new byte[] {HotStore.CUSTOMER, 'z', 0}), new byte[] {1});
        store.put(Bytes.wrap(new byte[] {HotStore.PARKED, 1}), new byte[] {1});
        task = new PageMemory(new PageCache(form, 1 << 20)).open(store);
        purge = new Purge(store, task, KEEP);
    }

    @AfterEach
    void stop() {
        shelf.close();
    }

    @Test
    void deletesHourPagesThenDayPagesAndNeverMonths() {
        write(30, 5);
        int all = pages(Granularity.HOUR).size();
        timeIs(FIRST_DAY + 30);

        List<Integer> hours = new ArrayList<>();
        List<Integer> days = new ArrayList<>();
        for (int tick = 0; tick < 60; tick++) {
            purge.someMore(now);
            hours.add(pages(Granularity.HOUR).size());
            days.add(pages(Granularity.DAY).size());
        }

        int hoursLeft = hours.get(hours.size() - 1);
        assertThat(hoursLeft).isEqualTo(all / 30 * 3);
        assertThat(days.get(days.size() - 1)).isEqualTo(TENANTS.size() * 5 * 10);
        for (int tick = 0; tick < 60; tick++) {
            boolean daysBegun = days.get(tick) < TENANTS.size() * 5 * 30;
            assertThat(!daysBegun || hours.get(tick) == hoursLeft)
                    .as("tick %d", tick)
                    .isTrue();
        }
        assertThat(pages(Granularity.MONTH)).isNotEmpty();
        assertThat(store.get(Bytes.wrap(new byte[] {HotStore.CUSTOMER, 'z', 0})))
                .isNotNull();
        assertThat(store.get(Bytes.wrap(new byte[] {HotStore.PARKED, 1}))).isNotNull();
    }

    @Test
    void deletesNoMoreAtOnceThanItsBound() {
        write(30, 8);
        timeIs(FIRST_DAY + 30);
        int before = pages(Granularity.HOUR).size();
        assertThat(before).isGreaterThan(3 * AT_ONCE);
        for (int tick = 0; tick < 3; tick++) {
            purge.someMore(now);
            int after = pages(Granularity.HOUR).size();
            assertThat(before - after).isPositive().isLessThanOrEqualTo(AT_ONCE);
            before = after;
        }
    }

    @Test
    void saysWhatWillBeGoneBeforeTheFirstPageGoes() {
        write(6, 1);
        timeIs(FIRST_DAY + 6);
        assertThat(horizon()).isEqualTo(Horizon.NONE);
        purge.someMore(now);
        assertThat(horizon().hours()).isEqualTo((FIRST_DAY + 3) * DAY);
        assertThat(horizon().days()).isEqualTo((FIRST_DAY - 4) * DAY);
    }

    @Test
    void carriesOnAfterARestart() {
        write(30, 8);
        timeIs(FIRST_DAY + 30);
        purge.someMore(now);
        int left = pages(Granularity.HOUR).size();

        for (int restart = 0; restart < 40; restart++) {
            purge = new Purge(store, task, KEEP);
            purge.someMore(Instant.EPOCH);
            assertThat(pages(Granularity.HOUR))
                    .as("nothing is deleted before time is known")
                    .hasSize(left);
            timeIs(FIRST_DAY + 30);
            purge.someMore(now);
            left = pages(Granularity.HOUR).size();
        }

        assertThat(left).isEqualTo(TENANTS.size() * 8 * 24 * 3);
        assertThat(pages(Granularity.DAY)).hasSize(TENANTS.size() * 8 * 10);
    }

    @Test
    void losesNothingWhenTimeAdvancesInTheMiddleOfARun() {
        write(30, 8);
        for (int day = 5; day <= 30; day++) {
            timeIs(FIRST_DAY + day);
            purge.someMore(now);
        }
        for (int tick = 0; tick < 40; tick++) {
            purge.someMore(now);
        }
        assertThat(pages(Granularity.HOUR)).hasSize(TENANTS.size() * 8 * 24 * 3);
        assertThat(pages(Granularity.DAY)).hasSize(TENANTS.size() * 8 * 10);
    }

    @Test
    void neverGoesBackInTime() {
        write(6, 1);
        timeIs(FIRST_DAY + 6);
        purge.someMore(now);
        Horizon before = horizon();
        timeIs(FIRST_DAY);
        purge.someMore(now);
        assertThat(horizon().hours()).isEqualTo(before.hours());
    }

    @Test
    void leavesEveryPageThatAnAcceptableEventCouldTouch() {
        write(8, 1);
        timeIs(FIRST_DAY + 8);
        for (int tick = 0; tick < 10; tick++) {
            purge.someMore(now);
        }
        long oldestKept = pages(Granularity.HOUR).stream()
                .mapToLong(key -> Granularity.HOUR.start(periodOf(key)))
                .min()
                .orElseThrow();
        assertThat(oldestKept)
                .isLessThanOrEqualTo((FIRST_DAY + 8) * DAY - KEEP.hours().toMinutes());
    }

    /** Pages of that many days for that many customers of each tenant. */
    private void write(int days, int customers) {
        for (String tenant : TENANTS) {
            for (int customer = 0; customer < customers; customer++) {
                for (long minute = FIRST_DAY * DAY; minute < (FIRST_DAY + days) * DAY; minute += 60) {
                    for (Granularity granularity : Granularity.values()) {
                        var page = new Page(granularity, 1);
                        page.add(minute, new Amounts(1), new Arrival(1_792_497_600, false, false));
                        var series = new Series(EventKind.USAGE, "m", "", "");
                        stored().put(
                                        new PageKey(
                                                        tenant,
                                                        granularity,
                                                        granularity.period(minute),
                                                        "c" + customer,
                                                        series)
                                                .toBytes(),
                                        page.encode());
                    }
                }
            }
        }
    }

    private KeyValueStore<Bytes, byte[]> stored() {
        return task.stored(page -> false);
    }

    private void timeIs(long day) {
        now = Instant.ofEpochSecond(day * DAY * 60);
    }

    private Horizon horizon() {
        return Horizon.decode(store.get(Horizon.KEY));
    }

    private List<Bytes> pages(Granularity granularity) {
        var keys = new ArrayList<Bytes>();
        try (var all =
                stored().range(Bytes.wrap(new byte[] {HotStore.PAGE}), Bytes.wrap(new byte[] {HotStore.PAGE + 1}))) {
            all.forEachRemaining(entry -> {
                if (granularityOf(entry.key) == granularity.code()) {
                    keys.add(entry.key);
                }
            });
        }
        return keys;
    }

    private static byte granularityOf(Bytes key) {
        if (key.get()[0] != HotStore.PAGE || isOfAWall(key)) {
            return -1;
        }
        var in = new BytesIn(key.get(), 1);
        in.terminated();
        return in.raw();
    }

    private static boolean isOfAWall(Bytes key) {
        return Stream.of(Granularity.values())
                .anyMatch(one -> PageKey.wall(PageKey.tenantOf(key), one).contains(key));
    }

    private static int periodOf(Bytes key) {
        var in = new BytesIn(key.get(), 1);
        in.terminated();
        in.raw();
        return in.int32();
    }
}
