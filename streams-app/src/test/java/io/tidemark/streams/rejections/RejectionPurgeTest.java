package io.tidemark.streams.rejections;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejections go after a while, in bounded steps, and cost nothing afterwards. */
@NullMarked
class RejectionPurgeTest {
    private static final Duration KEPT = Duration.ofDays(3);
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int HOURS = 10 * 24;
    private static final int AN_HOUR = 30;
    private static final List<String> TENANTS = List.of("", "a", "a-b", "z");
    private static final long FEW = 10;

    @TempDir
    private Path directory;

    private Shelf shelf;
    private Tombstones tombstones;
    private KeyValueStore<Bytes, byte[]> store;
    private RejectionIndex index;

    @BeforeEach
    void fill() {
        shelf = new Shelf(directory.resolve("shelf"), HotStore.builder(new OpenStores(partition -> {})));
        tombstones = new Tombstones(directory.resolve("tombstones"));
        store = shelf.keyValue();
        store.put(Bytes.wrap(new byte[] {HotStore.REJECTIONS - 1, 1}), new byte[] {1});
        store.put(Bytes.wrap(new byte[] {HotStore.REJECTIONS + 1, 1}), new byte[] {1});
        index = new RejectionIndex(store);
        for (String tenant : TENANTS) {
            for (int hour = 0; hour < HOURS; hour++) {
                for (int i = 0; i < AN_HOUR; i++) {
                    put(tenant, BEGIN.plus(Duration.ofHours(hour)).toEpochMilli() + i, hour * AN_HOUR + i);
                }
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
    void leavesWhatIsKeptAndNothingElse() {
        Instant end = BEGIN.plus(Duration.ofHours(HOURS));
        purge(new RejectionPurge(store, index, KEPT), end, 40);
        // What was appended at the bound itself is gone.
        int left = (3 * 24 - 1) * AN_HOUR + AN_HOUR - 1;
        for (String tenant : TENANTS) {
            assertThat(count(tenant)).as(tenant).isEqualTo(left);
        }
        assertThat(kinds())
                .doesNotContainKey((byte) 9)
                .containsEntry((byte) 2, left + 2)
                .containsEntry((byte) 3, left);
        // Days of which some is left: the three, and the one that the bound is in.
        assertThat(kinds().get((byte) 4)).isEqualTo(3 * TENANTS.size());
        assertThat(store.get(Bytes.wrap(new byte[] {HotStore.REJECTIONS - 1, 1})))
                .isNotNull();
        assertThat(store.get(Bytes.wrap(new byte[] {HotStore.REJECTIONS + 1, 1})))
                .isNotNull();
    }

    @Test
    void goesOnInBoundedStepsAfterARestartToo() {
        Instant end = BEGIN.plus(Duration.ofHours(HOURS));
        int before = stored();
        int steps = 0;
        int all = before;
        while (all > TENANTS.size() * ((3 * 24 - 1) * AN_HOUR + AN_HOUR - 1)) {
            new RejectionPurge(store, index, KEPT).someMore(end);
            all = stored();
            assertThat(before - all).isBetween(1, 2_000);
            before = all;
            assertThat(++steps).isLessThan(60);
        }
        new RejectionPurge(store, index, KEPT).someMore(Instant.EPOCH);
        assertThat(stored()).isEqualTo(all);
    }

    @Test
    void letsNeitherReadersNorItselfMeetTombstones() {
        var purge = new RejectionPurge(store, index, KEPT);
        for (int hour = 4 * 24; hour <= HOURS; hour++) {
            Instant now = BEGIN.plus(Duration.ofHours(hour));
            long stepped = tombstones.steppedOver(() -> purge(purge, now, 3));
            assertThat(stepped).as("hour %d", hour).isLessThan(FEW * TENANTS.size());
        }
        for (String tenant : TENANTS) {
            assertThat(tombstones.steppedOver(() -> count(tenant))).as(tenant).isLessThan(FEW);
        }
        for (String tenant : TENANTS) {
            RejectionKeys.wall(
                            tenant,
                            KeptSince.decode(store.get(RejectionKeys.KEPT)).gone())
                    .forEach(store::delete);
        }
        toRocksDb();
        assertThat(tombstones.steppedOver(() -> count("a")))
                .as("without the walls")
                .isGreaterThan(10 * FEW);
    }

    private void put(String tenant, long millis, long offset) {
        var id = new RejectionId(new Coordinates(Source.USAGE, 0, offset), millis);
        var claim = tenant.equals("a")
                ? new Claim(tenant, "c" + offset % 7, "", "e" + offset)
                : new Claim(tenant, "", "", "");
        index.put(new Rejection(
                id,
                claim,
                List.of(new Fault(Reason.INVALID_METER, "bad", "meter")),
                0,
                Optional.empty(),
                Optional.empty()));
    }

    private void purge(RejectionPurge purge, Instant now, int times) {
        for (int i = 0; i < times; i++) {
            purge.someMore(now);
        }
        toRocksDb();
    }

    /** As readers look: from the newest to the oldest that is kept. */
    private int count(String tenant) {
        long from = KeptSince.decode(store.get(RejectionKeys.KEPT)).gone() + 1;
        int found = 0;
        try (var all = store.range(RejectionKeys.before(tenant, Long.MAX_VALUE), RejectionKeys.from(tenant, from))) {
            for (; all.hasNext(); all.next()) {
                found++;
            }
        }
        return found;
    }

    /** How many rejections there are, kept or not. */
    private int stored() {
        int found = 0;
        try (var all = store.range(RejectionKeys.first(), RejectionKeys.last())) {
            while (all.hasNext()) {
                byte[] key = all.next().key.get();
                boolean is = RejectionKeys.kindOf(key, RejectionKeys.tenantOf(Bytes.wrap(key)))
                        == RejectionKeys.Kind.REJECTION;
                found += is ? 1 : 0;
            }
        }
        return found;
    }

    /** How many keys there are of each kind; 9 stands for a rejection that is no longer kept. */
    private Map<Byte, Integer> kinds() {
        long gone = KeptSince.decode(store.get(RejectionKeys.KEPT)).gone();
        var kinds = new java.util.TreeMap<Byte, Integer>();
        var keys = new ArrayList<Bytes>();
        try (var all = store.range(
                Bytes.wrap(new byte[] {HotStore.REJECTIONS}), Bytes.wrap(new byte[] {HotStore.REJECTIONS + 1}))) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (Bytes key : keys) {
            byte kind = key.get()[1];
            if (kind == 1) {
                String tenant = RejectionKeys.tenantOf(key);
                boolean old = RejectionKeys.kindOf(key.get(), tenant) == RejectionKeys.Kind.REJECTION
                        && RejectionKeys.idOf(key.get(), tenant).appendedAt() <= gone;
                kind = old ? 9 : kind;
            }
            kinds.merge(kind, 1, Integer::sum);
        }
        return kinds;
    }

    /** As a commit does: the record cache keeps what it deleted from RocksDB's eyes. */
    private void toRocksDb() {
        store.commit(Map.of());
    }
}
