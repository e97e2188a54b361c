package io.tidemark.streams.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.hot.PastTheCache;
import io.tidemark.streams.parking.ParkedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart is another fence over the same store. */
@NullMarked
class FenceTest {
    private static final int PARTITION = 3;
    private static final long AT = 1_790_000_000_000L;

    @TempDir
    private Path directory;

    private final LongAdder skipped = new LongAdder();
    private Shelf shelf;
    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void start() {
        shelf = new Shelf(directory.resolve("shelf"), HotStore.builder(new OpenStores(partition -> {})));
        store = shelf.keyValue();
    }

    @AfterEach
    void stop() {
        shelf.close();
    }

    @Test
    void skipsWhatWasHandledBeforeTheOffsetsWereReset() {
        handle(fence(Step.TOPICS), 0, 10);

        var after = fence(Step.TOPICS);
        handle(after, 0, 15);

        assertThat(skipped.sum()).isEqualTo(10);
        assertThat(offsets(after)).containsExactly(10L, 11L, 12L, 13L, 14L);
        Progress progress = new StoredProgressOfStore(store).of(Source.REQUESTS);
        assertThat(progress.read()).isEqualTo(15);
        assertThat(progress.count(Fate.COUNTED)).isEqualTo(15);
        assertThat(progress.offset()).isEqualTo(14);
    }

    @Test
    void readsATopicThatWasMadeAgainFromItsBeginning() {
        handle(fence(Step.TOPICS), 0, 10);

        var again = SourceTopics.of(
                new SourceTopics.Identity("requests", new Uuid(9, 9)),
                new SourceTopics.Identity("usage", new Uuid(2, 2)),
                new SourceTopics.Identity("rekey", new Uuid(3, 3)),
                new SourceTopics.Identity("customers", new Uuid(5, 5)));
        var after = fence(again);
        after.process("requests", PARTITION, 0, record());

        assertThat(skipped.sum()).isZero();
        assertThat(after.forwarded()).hasSize(1);
        assertThat(received(after.forwarded().get(0)).progress().read()).isZero();
    }

    @Test
    void keepsTheSourcesApart() {
        handle(fence(Step.TOPICS), 0, 10);

        var after = fence(Step.TOPICS);
        after.process("usage", PARTITION, 0, record());
        after.process("rekey", PARTITION, 5, record());

        assertThat(after.forwarded()).hasSize(2);
        assertThat(received(after.forwarded().get(0)).origin().topic()).isEqualTo(Source.USAGE);
    }

    @Test
    void takesTheOriginOfARekeyedRecordFromItsHeadersAndOnlyOfThat() {
        var origin = new Origin(Source.USAGE, 1, 77, AT - 5_000);
        var headers = new RecordHeaders();
        OriginHeaders.write(headers, origin, Step.TOPICS);

        var fence = fence(Step.TOPICS);
        fence.process("rekey", PARTITION, 0, new Record<>(null, null, AT, headers));
        fence.process("requests", PARTITION, 0, new Record<>(null, null, AT, headers));

        assertThat(received(fence.forwarded().get(0)).origin()).isEqualTo(origin);
        assertThat(received(fence.forwarded().get(1)).origin())
                .isEqualTo(new Origin(Source.REQUESTS, PARTITION, 0, AT));
    }

    @Test
    void sendsWhatIsParkedThroughAgainAlsoAfterARestart() {
        var parked = new ParkedRecords(store, Step.TOPICS::id);
        var progress = Progress.none(Source.REQUESTS, PARTITION);
        for (int i = 0; i < 2_500; i++) {
            parked.put(new Received(i, progress, new Origin(Source.REQUESTS, PARTITION, i, AT), null, bytes(i), false));
            progress.handled(i, AT, Fate.PARKED);
        }
        store.put(
                ProgressRecord.key(Step.TOPICS.id(Source.REQUESTS), PARTITION),
                ProgressRecord.encode(progress, new BytesOut()));
        commit();

        var fence = fence(Step.TOPICS);
        fence.punctuate();
        assertThat(fence.forwarded()).hasSize(1_000);
        fence.punctuate();
        fence.punctuate();

        assertThat(offsets(fence)).hasSize(2_500).doesNotHaveDuplicates();
        assertThat(fence.forwarded()).allMatch(record -> received(record).released());
        fence.punctuate();
        assertThat(fence.forwarded()).as("begins again with the first").hasSize(3_500);
    }

    @Test
    void doesNotMeetAgainWhatWasReleased() {
        var parked = new ParkedRecords(store, Step.TOPICS::id);
        var progress = Progress.none(Source.REQUESTS, PARTITION);
        for (int i = 0; i < 5_001; i++) {
            var received = new Received(i, progress, new Origin(Source.REQUESTS, PARTITION, i, AT), null, null, false);
            parked.put(received);
            progress.handled(i, AT, Fate.PARKED);
        }
        store.commit(Map.of());
        for (Received received : parked.from(progress, 0, 5_000)) {
            parked.remove(received);
            progress.released(Fate.COUNTED);
        }
        progress.firstParkedIs(5_000, AT);
        store.put(
                ProgressRecord.key(Step.TOPICS.id(Source.REQUESTS), PARTITION),
                ProgressRecord.encode(progress, new BytesOut()));
        store.commit(Map.of());

        var fence = fence(Step.TOPICS);
        try (var tombstones = new Tombstones(directory.resolve("tombstones"))) {
            assertThat(tombstones.steppedOver(() -> parked.from(progress, 0, 1)))
                    .as("the control")
                    .isEqualTo(5_000);
            assertThat(tombstones.steppedOver(fence::punctuate)).isZero();
        }
        assertThat(offsets(fence)).containsExactly(5_000L);
    }

    @Test
    void findsTheNextThatIsParkedHoweverFarItIs() {
        var parked = new ParkedRecords(store, Step.TOPICS::id);
        var progress = Progress.none(Source.REQUESTS, PARTITION);
        for (long offset : List.of(7L, 8L, 100L, 107L, 108L, 5_000L)) {
            var origin = new Origin(Source.REQUESTS, PARTITION, offset, AT);
            parked.put(new Received(offset, progress, origin, null, null, false));
        }
        assertThat(parked.firstFrom(progress, 7)).extracting(Received::offset).containsExactly(7L);
        assertThat(parked.firstFrom(progress, 8)).extracting(Received::offset).containsExactly(8L);
        assertThat(parked.firstFrom(progress, 9)).extracting(Received::offset).containsExactly(100L);
        assertThat(parked.firstFrom(progress, 109)).extracting(Received::offset).containsExactly(5_000L);
        assertThat(parked.firstFrom(progress, 5_001)).isEmpty();
    }

    private Step<byte[], byte[], Void, Received> fence(SourceTopics topics) {
        return new Step<>(new Fence(topics, skipped), PARTITION, directory, store);
    }

    /** Sends records through the fence and accounts for those it lets pass. */
    private void handle(Step<byte[], byte[], Void, Received> fence, int from, int to) {
        for (int offset = from; offset < to; offset++) {
            fence.process("requests", PARTITION, offset, record());
        }
        var account = new Step<>(
                new Account(Step.TOPICS, new Served(), new Pace(Duration.ofMillis(200)), PageCache.Form.STOCK),
                PARTITION,
                directory,
                store);
        fence.forwarded().forEach(record -> account.process(record(new Outcome.Accepted(received(record), event()))));
        commit();
    }

    private void commit() {
        PastTheCache.required(store).settle();
    }

    private static io.tidemark.streams.event.Event event() {
        return new io.tidemark.streams.event.Event(
                io.tidemark.streams.event.EventKind.REQUEST,
                "acme",
                "c",
                "",
                "id",
                0,
                "requests",
                "",
                new io.tidemark.streams.event.Amounts(7),
                0);
    }

    private static Record<Void, Outcome> record(Outcome outcome) {
        return new Record<>(null, outcome, AT);
    }

    private static Record<byte[], byte[]> record() {
        return new Record<>(null, new byte[] {1}, AT);
    }

    private static byte[] bytes(int i) {
        return new byte[] {(byte) i};
    }

    private static Received received(Record<? extends Void, ? extends Received> record) {
        return record.value();
    }

    private static List<Long> offsets(Step<byte[], byte[], Void, Received> fence) {
        return fence.forwarded().stream()
                .map(record -> received(record).offset())
                .toList();
    }

    /** What is written down of a source's progress. */
    private record StoredProgressOfStore(KeyValueStore<Bytes, byte[]> store) {
        Progress of(Source source) {
            byte[] stored = store.get(ProgressRecord.key(Step.TOPICS.id(source), PARTITION));
            return ProgressRecord.decode(source, PARTITION, stored);
        }
    }
}
