package io.tidemark.streams.dedupe;

import static io.tidemark.streams.dedupe.MadeIds.ENOUGH;
import static io.tidemark.streams.dedupe.MadeIds.SMALL;
import static io.tidemark.streams.dedupe.MadeIds.id;
import static io.tidemark.streams.dedupe.MadeIds.sight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.BytesIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class BlockIdsTest {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long REACH = SeenIds.reach(TimeRule.DEFAULT).toMillis();
    private static final Bytes BLOCKS = BlockKeys.seal(0);
    private static final Bytes MARK = Bytes.wrap(new byte[1]);

    @TempDir
    private Path directory;

    private Shelf shelf;
    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void open() {
        shelf = new Shelf(directory.resolve("shelf"), SeenIds.builder());
        store = shelf.keyValue();
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void findsWhatIsFillingWhatIsWrittenAndWhatIsSealed() {
        SeenIds seen = seen();
        put(seen, 0, 1_234);
        knows(seen, 0, 1_234);
        knowsNot(seen, 2_000, 3_000);
        assertThat(keys(BlockKeys.seal(11))).as("eleven were full").isNotEmpty();
    }

    @Test
    void isTheSameWhenItIsOpenedAgain() {
        SeenIds seen = seen();
        for (int commit = 0; commit < 60; commit++) {
            put(seen, commit * 10, commit * 10 + 10);
            seen.write();
            seen = commit % 7 == 0 ? seen() : seen;
        }
        knows(seen(), 0, 600);
        knowsNot(seen(), 600, 900);
    }

    @Test
    void doesNotKnowWhatWasInNoRecordWhenItsProcessDied() {
        put(seen(), 0, 7);
        knowsNot(seen(), 0, 7);
        assertThat(keys(BLOCKS)).isEmpty();
    }

    @Test
    void goesOnFromTheLastCommitWhenTheOneAfterItWasFlushedAndNotCommitted() {
        SeenIds seen = seen();
        put(seen, 0, 105);
        seen.write();
        try (var committed = new Shelf(directory.resolve("committed"), SeenIds.builder())) {
            store.all().forEachRemaining(entry -> committed.keyValue().put(entry.key, entry.value));
            put(seen, 105, 300);
            seen.write();

            SeenIds restored = seen(committed.keyValue(), ENOUGH);
            knows(restored, 0, 105);
            knowsNot(restored, 105, 300);
            put(restored, 105, 300);
            restored.write();
            knows(seen(committed.keyValue(), ENOUGH), 0, 300);
        }
    }

    @Test
    void splitsWhatOneCommitBringsIntoBlocksOfBoundedSize() {
        SeenIds seen = new SeenIds(store, TimeRule.DEFAULT, IdForm.BLOCKS, Bounds.DEFAULT, new IdsMemory(ENOUGH));
        put(seen, 0, 5_000);
        seen.write();
        List<Integer> sizes = new ArrayList<>();
        store.range(BLOCKS, null).forEachRemaining(entry -> sizes.add(entry.value.length));
        assertThat(sizes).hasSize(5_000 / 256 + 1).allMatch(size -> size < 7_000);
        knows(seen(), 0, 5_000);
    }

    @Test
    void growsWithWhatItHolds() {
        SeenIds seen = new SeenIds(store, TimeRule.DEFAULT, IdForm.BLOCKS, Bounds.DEFAULT, new IdsMemory(ENOUGH));
        put(seen, 0, 60_000);
        knows(seen, 0, 60_000);
        knowsNot(seen, 60_000, 120_000);
        seen.write();
        knows(new SeenIds(store, TimeRule.DEFAULT, IdForm.BLOCKS, Bounds.DEFAULT, new IdsMemory(ENOUGH)), 0, 60_000);
    }

    @Test
    void tellsApartIdsOfWhichTheTableKnowsTheSame() {
        SeenIds seen = seen();
        var one = new Id(5, 77);
        var other = new Id(6, 77);
        for (int round = 0; round < 3; round++) {
            assertThat(seen.find(other, BEGIN)).isNull();
            if (round == 0) {
                seen.put(one, sight(1), BEGIN);
            }
            assertThat(seen.find(one, BEGIN)).isEqualTo(sight(1));
            seen.write();
            seen.forgetSome(BEGIN + 10 * DAY);
        }
        assertThat(keys(BlockKeys.seal(0)))
                .as("the last round asked a sealed slice")
                .isNotEmpty();
        seen.put(other, sight(2), BEGIN);
        assertThat(seen.find(other, BEGIN)).isEqualTo(sight(2));
        assertThat(seen.find(one, BEGIN)).isEqualTo(sight(1));
    }

    @Test
    void takesALateOneIntoTheNewestSliceAndKeepsItAsLong() {
        SeenIds seen = seen();
        put(seen, 0, 100);
        seen.put(id(200), sight(200), BEGIN + 20 * DAY);
        seen.put(id(201), sight(201), BEGIN);
        assertThat(seen.find(id(201), BEGIN + REACH)).isEqualTo(sight(201));
        assertThat(seen.find(id(201), BEGIN - REACH)).isEqualTo(sight(201));

        seen.forgetSome(BEGIN + 20 * DAY + REACH);
        assertThat(seen.find(id(5), BEGIN)).as("its slice went").isNull();
        assertThat(seen.find(id(201), BEGIN)).isEqualTo(sight(201));
        assertThat(seen.find(id(200), BEGIN + 20 * DAY)).isEqualTo(sight(200));
    }

    @Test
    void sealsWhatIsOldHoweverLittleItIs() {
        SeenIds seen = seen();
        seen.put(id(1), sight(1), BEGIN);
        seen.forgetSome(BEGIN + 8 * DAY);
        assertThat(keys(BlockKeys.seal(0))).isEmpty();
        seen.forgetSome(BEGIN + 9 * DAY);
        assertThat(keys(BlockKeys.seal(0))).isNotEmpty();
        knows(seen, 1, 2);
        knows(seen(), 1, 2);
    }

    @Test
    void deletesAllOfWhatItForgetsAndNothingElse() {
        SeenIds seen = seen();
        put(seen, 0, 5_000);
        seen.forgetSome(BEGIN + REACH);
        for (int i = 5_000; i < 5_250; i++) {
            seen.put(id(i), sight(i), BEGIN + REACH);
        }
        seen.write();
        for (int second = 0; second < 10; second++) {
            seen.forgetSome(BEGIN + REACH + 19 * DAY);
            // Also where it stopped in the middle.
            seen = seen();
        }
        knowsNot(seen, 0, 5_000);
        knows(seen, 5_000, 5_250, BEGIN + REACH);
        assertThat(store.range(BLOCKS, BlockKeys.block(49, 99)).hasNext()).isFalse();
    }

    @Test
    void answersTheSameWithoutMemory() {
        SeenIds seen = seen(store, 0);
        put(seen, 0, 1_234);
        seen.write();
        for (long memory : List.of(0L, 30_000L, 45_000L, ENOUGH)) {
            SeenIds again = seen(store, memory);
            knows(again, 0, 1_234);
            knowsNot(again, 2_000, 3_000);
            again.forgetSome(BEGIN);
            knows(again, 0, 1_234);
        }
    }

    @Test
    void sharesMemoryWithWhoComesLater() {
        var memory = new IdsMemory(100);
        IdsMemory.Share one = memory.join();
        one.uses(90);
        IdsMemory.Share other = memory.join();
        assertThat(other.most()).isEqualTo(10);
        assertThat(one.most()).isEqualTo(50);
        one.uses(50);
        assertThat(other.most()).isEqualTo(50);
        one.leave();
        assertThat(other.most()).isEqualTo(100);
    }

    @Test
    void findsRecordsThatAnEarlierReleaseWrote() {
        SeenIds before = seen(IdForm.RECORDS);
        put(before, 0, 50);
        SeenIds seen = seen();
        knows(seen, 0, 50);
        assertThat(layoutOfMark()).as("an earlier release can still open it").isLessThan((byte) 2);
        put(seen, 50, 60);
        seen.write();
        knows(seen(), 0, 60);
        assertThat(layoutOfMark()).isEqualTo((byte) 2);
        assertThatThrownBy(() -> new BytesIn(store.get(MARK)).version(1))
                .as("what the release before does with it")
                .hasMessageContaining("layout 2");
    }

    @Test
    void forgetsRecordsThatAnEarlierReleaseWrote() {
        put(seen(IdForm.RECORDS), 0, 50);
        SeenIds seen = seen();
        seen.put(id(60), sight(60), BEGIN + 3 * REACH);
        seen.forgetSome(BEGIN + 3 * REACH);
        seen.write();
        knowsNot(seen, 0, 50);
        assertThat(keys(Bytes.wrap(new byte[2]))).allMatch(key -> key.get()[0] == 1);
        knows(seen(), 60, 61, BEGIN + 3 * REACH);
    }

    @Test
    void findsBlocksWhenRecordsAreWrittenAgain() {
        SeenIds blocks = seen();
        put(blocks, 0, 250);
        blocks.write();
        SeenIds records = seen(IdForm.RECORDS);
        put(records, 250, 260);
        records.write();
        knows(seen(IdForm.RECORDS), 0, 260);
        knows(seen(), 0, 260);
    }

    private byte layoutOfMark() {
        byte[] mark = store.get(MARK);
        return mark == null ? 0 : mark[0];
    }

    private SeenIds seen() {
        return seen(store, ENOUGH);
    }

    private SeenIds seen(IdForm form) {
        return MadeIds.seen(store, TimeRule.DEFAULT, form);
    }

    private static SeenIds seen(KeyValueStore<Bytes, byte[]> store, long memory) {
        return new SeenIds(store, TimeRule.DEFAULT, IdForm.BLOCKS, SMALL, new IdsMemory(memory));
    }

    private static void put(SeenIds seen, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(seen.find(id(i), BEGIN)).as("%d before", i).isNull();
            seen.put(id(i), sight(i), BEGIN);
        }
    }

    private static void knows(SeenIds seen, int from, int to) {
        knows(seen, from, to, BEGIN);
    }

    private static void knows(SeenIds seen, int from, int to, long at) {
        for (int i = from; i < to; i++) {
            assertThat(seen.find(id(i), at)).as("%d", i).isEqualTo(sight(i));
        }
    }

    private static void knowsNot(SeenIds seen, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(seen.find(id(i), BEGIN)).as("%d", i).isNull();
        }
    }

    /** Those from there on. */
    private List<Bytes> keys(Bytes from) {
        List<Bytes> keys = new ArrayList<>();
        store.range(from, null).forEachRemaining(entry -> keys.add(entry.key));
        return keys;
    }
}
