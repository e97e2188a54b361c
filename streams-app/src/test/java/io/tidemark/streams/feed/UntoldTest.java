package io.tidemark.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.feed.Untold.Month;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class UntoldTest {
    private static final Month ONE = new Month("acme", "c/1", 682);
    private static final Month OTHER = new Month("acme", "c/1", 683);

    @TempDir
    private Path directory;

    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(directory, HotStore.builder(new OpenStores(partition -> {})));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void isThereAgainWhenTheTaskIs() {
        var untold = Untold.each(shelf.keyValue());
        untold.changed(ONE, () -> 1_000);
        untold.changed(OTHER, () -> 2_000);
        untold.told(OTHER);
        assertThat(Untold.each(shelf.keyValue()).changedBy(0, 0, 10)).containsExactly(ONE);
    }

    @Test
    void givesThoseThatWaitLongestAndNoMoreThanAsked() {
        var untold = Untold.each(shelf.keyValue());
        untold.changed(OTHER, () -> 1_000);
        untold.changed(ONE, () -> 2_000);
        untold.changed(OTHER, () -> 3_000);
        assertThat(untold.changedBy(10, 500, 10)).as("the clock was set back").containsExactly(OTHER, ONE);
        assertThat(untold.changedBy(999, 4_000, 10)).isEmpty();
        assertThat(untold.changedBy(1_000, 4_000, 10)).containsExactly(OTHER);
        assertThat(untold.changedBy(9_000, 9_000, 10)).containsExactly(OTHER, ONE);
        assertThat(untold.changedBy(9_000, 9_000, 1)).containsExactly(OTHER);
    }

    @Test
    void isWrittenInBlocksThatGoWhenAllOfThemWereTold() {
        var untold = new Untold(shelf.keyValue(), true);
        for (int i = 0; i < 1_500; i++) {
            untold.changed(new Month("acme", "c" + i, 682), () -> 1_000);
        }
        untold.told(new Month("acme", "c0", 682));
        untold.write(shelf.keyValue()::putAll);
        assertThat(keys()).as("of a thousand each at most, and the wall").hasSize(2 + 2);
        var again = new Untold(shelf.keyValue(), true);
        List<Month> left = again.changedBy(0, 0, 2_000);
        assertThat(left).hasSize(1_499).doesNotContain(new Month("acme", "c0", 682));
        left.subList(0, 1_000).forEach(again::told);
        again.changed(ONE, () -> 2_000);
        again.write(shelf.keyValue()::putAll);
        assertThat(keys())
                .as("a block told, a block begun, under a number of its own")
                .hasSize(2 + 2);
        assertThat(new Untold(shelf.keyValue(), true).changedBy(0, 0, 2_000))
                .hasSize(500)
                .contains(ONE);
    }

    @Test
    void writesNothingOfWhatWasToldBeforeTheCommit() {
        var untold = new Untold(shelf.keyValue(), true);
        untold.changed(ONE, () -> 1_000);
        untold.told(ONE);
        untold.write(shelf.keyValue()::putAll);
        assertThat(keys()).as("the wall alone").hasSize(2);
    }

    /** An upgrade, and the setting that turns it off again. */
    @Test
    void goesOnWithWhatTheOtherWayWrote() {
        Untold.each(shelf.keyValue()).changed(ONE, () -> 1_000);
        var inBlocks = new Untold(shelf.keyValue(), true);
        assertThat(inBlocks.changedBy(0, 0, 10)).containsExactly(ONE);
        inBlocks.changed(OTHER, () -> 1_000);
        inBlocks.told(ONE);
        inBlocks.write(shelf.keyValue()::putAll);
        Untold each = Untold.each(shelf.keyValue());
        assertThat(each.changedBy(0, 0, 10)).containsExactly(OTHER);
        each.told(OTHER);
        assertThat(Untold.each(shelf.keyValue()).changedBy(0, 0, 10)).isEmpty();
        assertThat(keys()).as("the wall alone").hasSize(2);
    }

    private List<Bytes> keys() {
        var keys = new ArrayList<Bytes>();
        try (var all = shelf.keyValue().all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
