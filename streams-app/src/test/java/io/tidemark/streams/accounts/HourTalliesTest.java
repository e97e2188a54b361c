package io.tidemark.streams.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class HourTalliesTest {
    private static final long HOUR = 3_600_000;
    private static final int NOW = 498_000;
    private static final int PARTITION = 3;

    private static final List<Fate> SETTLED =
            List.of(Fate.COUNTED, Fate.DUPLICATE, Fate.CONFLICT, Fate.REJECTED, Fate.REKEYED);

    @TempDir
    private Path directory;

    private Shelf shelf;
    private KeyValueStore<Bytes, byte[]> store;
    private HourTallies tallies;

    @BeforeEach
    void open() {
        shelf = new Shelf(directory, HotStore.builder(new OpenStores(partition -> {})));
        store = shelf.keyValue();
        tallies = new HourTallies(Step.TOPICS, store);
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private Received record(Progress of, long offset, long appendedAt, boolean released) {
        return new Received(offset, of, new Origin(of.source(), PARTITION, offset, appendedAt), null, null, released);
    }

    private void read(Progress of, long offset, long appendedAt, Fate fate) {
        of.handled(offset, appendedAt, fate);
        tallies.note(record(of, offset, appendedAt, false), fate);
    }

    private void release(Progress of, long offset, long appendedAt, Fate fate) {
        of.released(fate);
        tallies.note(record(of, offset, appendedAt, true), fate);
    }

    private List<TallyRecord> stored() {
        var stored = new ArrayList<TallyRecord>();
        try (var all = store.range(TallyRecord.before(0), TallyRecord.before(Integer.MAX_VALUE))) {
            all.forEachRemaining(entry -> stored.add(TallyRecord.decode(entry.value)));
        }
        return stored;
    }

    private static void assertTheWhole(Progress progress, List<TallyRecord> tallies) {
        Counts together = progress.earlier().counts().copy();
        tallies.forEach(tally -> together.add(tally.counts()));
        assertThat(together.read()).isEqualTo(progress.read());
        for (Fate fate : Fate.values()) {
            assertThat(together.count(fate)).as("%s", fate).isEqualTo(progress.count(fate));
        }
    }

    @Test
    void aReleasedRecordMovesInTheHourOfItsArrival() {
        Progress usage = Progress.none(Source.USAGE, PARTITION);
        read(usage, 0, NOW * HOUR, Fate.PARKED);
        read(usage, 1, (NOW + 1) * HOUR, Fate.COUNTED);
        tallies.write();
        release(usage, 0, NOW * HOUR, Fate.PARKED);
        release(usage, 0, NOW * HOUR + 1, Fate.REJECTED);
        tallies.write();
        assertThat(stored()).hasSize(2);
        assertThat(stored().get(0).counts().count(Fate.PARKED)).isZero();
        assertThat(stored().get(0).counts().count(Fate.REJECTED)).isEqualTo(1);
        assertThat(stored().get(0).counts().read()).isEqualTo(1);
        assertThat(stored().get(1).counts().count(Fate.COUNTED)).isEqualTo(1);
        assertTheWhole(usage, stored());
    }

    @Test
    void nothingIsWrittenOfAnHourThatDidNotChange() {
        Progress usage = Progress.none(Source.USAGE, PARTITION);
        read(usage, 0, NOW * HOUR, Fate.COUNTED);
        tallies.write();
        store.put(TallyRecord.key(NOW, Step.TOPICS.id(Source.USAGE), PARTITION), new byte[] {1, 1, 2, 0, 0});
        tallies.write();
        assertThat(stored().get(0).counts().read()).isZero();
    }

    @Test
    void beginBehindWhatABuildThatKeptNoneHasHandled() {
        byte[] older = new BytesOut()
                .raw((byte) 1)
                .number(9)
                .number(NOW * HOUR)
                .number(10)
                .number(4)
                .number(NOW * HOUR)
                .number(6)
                .number(8)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(2)
                .toBytes();
        Progress usage = ProgressRecord.decode(Source.USAGE, PARTITION, older);
        release(usage, 4, NOW * HOUR, Fate.COUNTED);
        read(usage, 10, NOW * HOUR, Fate.DUPLICATE);
        tallies.write();
        assertThat(usage.earlier().counts().count(Fate.COUNTED)).isEqualTo(9);
        assertThat(usage.earlier().offset()).isEqualTo(9);
        assertThat(stored()).singleElement().satisfies(tally -> {
            assertThat(tally.counts().read()).isEqualTo(1);
            assertThat(tally.counts().count(Fate.DUPLICATE)).isEqualTo(1);
        });
        assertTheWhole(usage, stored());

        Progress again = ProgressRecord.decode(Source.USAGE, PARTITION, ProgressRecord.encode(usage, new BytesOut()));
        assertTheWhole(again, stored());
        assertThat(again.earlier().offset()).isEqualTo(9);
        assertThat(again.turn()).isEqualTo(usage.turn());
    }

    @Test
    void beginAnewWhereAnOlderBuildWentOnInBetween() {
        Progress usage = Progress.none(Source.USAGE, PARTITION);
        read(usage, 0, NOW * HOUR, Fate.COUNTED);
        tallies.write();
        // It read one more in that hour, and wrote of its progress what it knows.
        byte[] older = new BytesOut()
                .raw((byte) 1)
                .number(1)
                .number(NOW * HOUR)
                .number(2)
                .number(-1)
                .number(0)
                .number(1)
                .number(2)
                .toBytes();
        Progress back = ProgressRecord.decode(Source.USAGE, PARTITION, older);
        tallies = new HourTallies(Step.TOPICS, store);
        read(back, 2, NOW * HOUR, Fate.CONFLICT);
        tallies.write();
        assertThat(stored()).singleElement().satisfies(tally -> {
            assertThat(tally.begun()).isEqualTo(1);
            assertThat(tally.counts().read()).isEqualTo(1);
        });
        assertTheWhole(back, stored());
    }

    @Test
    void hoursThatAreOlderThanTheyAreKeptAreTakenInByWhatWasEarlier() {
        var random = new Random(29);
        Progress requests = Progress.none(Source.REQUESTS, PARTITION);
        Progress usage = Progress.none(Source.USAGE, PARTITION);
        int days = (int) HourTallies.KEPT.toDays() + 30;
        long offset = 0;
        for (int day = 0; day < days; day++) {
            long at = NOW * HOUR + Duration.ofDays(day).toMillis();
            read(requests, offset, at + random.nextInt(3) * HOUR, SETTLED.get(random.nextInt(SETTLED.size())));
            read(usage, offset, at - random.nextInt(50) * HOUR, Fate.COUNTED);
            offset++;
            if (random.nextInt(3) == 0) {
                tallies.write();
            }
        }
        tallies.write();
        int first = NOW + 24 * 29;
        try (var all = store.range(TallyRecord.before(0), TallyRecord.before(first - 60))) {
            assertThat(all.hasNext()).isFalse();
        }
        assertThat(requests.earlier().counts().read()).isBetween(25L, 31L);
        assertTheWhole(requests, storedOf(Source.REQUESTS));
        assertTheWhole(usage, storedOf(Source.USAGE));

        // One that is released, or that was appended long ago, is in no hour any more.
        read(usage, offset, NOW * HOUR, Fate.PARKED);
        release(usage, offset, NOW * HOUR, Fate.COUNTED);
        tallies.write();
        assertTheWhole(usage, storedOf(Source.USAGE));
        try (var all = store.range(TallyRecord.before(0), TallyRecord.before(first - 60))) {
            assertThat(all.hasNext()).isFalse();
        }
    }

    private List<TallyRecord> storedOf(Source source) {
        var stored = new ArrayList<TallyRecord>();
        try (var all = store.range(TallyRecord.before(0), TallyRecord.before(Integer.MAX_VALUE))) {
            all.forEachRemaining(entry -> {
                if (TallyRecord.keyOf(entry.key.get()).topicId().equals(Step.TOPICS.id(source))) {
                    stored.add(TallyRecord.decode(entry.value));
                }
            });
        }
        return stored;
    }

    @Test
    void neverChangeTheirLayout() {
        var hex = java.util.HexFormat.of();
        Bytes key = TallyRecord.key(NOW, Step.TOPICS.id(Source.USAGE), PARTITION);
        assertThat(hex.formatHex(key.get())).isEqualTo("0b00079950" + "0000000000000002".repeat(2) + "00000003");
        var tally = new TallyRecord(-1, 7, Counts.of(6, 1, 0, 2, 3, 0, 0));
        assertThat(hex.formatHex(tally.encode(new BytesOut()))).isEqualTo("01010e0c0c020004060000");
        assertThat(hex.formatHex(new TallyRecord(0, 0, new Counts()).encode(new BytesOut())))
                .isEqualTo("0100000000");
    }
}
