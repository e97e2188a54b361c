package io.tidemark.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.feed.Untold.Month;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.nio.file.Path;
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
        var untold = new Untold(shelf.keyValue());
        untold.changed(ONE, () -> 1_000);
        untold.changed(OTHER, () -> 2_000);
        untold.told(OTHER);
        assertThat(new Untold(shelf.keyValue()).changedBy(0, 0, 10)).containsExactly(ONE);
    }

    @Test
    void givesThoseThatWaitLongestAndNoMoreThanAsked() {
        var untold = new Untold(shelf.keyValue());
        untold.changed(OTHER, () -> 1_000);
        untold.changed(ONE, () -> 2_000);
        untold.changed(OTHER, () -> 3_000);
        assertThat(untold.changedBy(10, 500, 10)).as("the clock was set back").containsExactly(OTHER, ONE);
        assertThat(untold.changedBy(999, 4_000, 10)).isEmpty();
        assertThat(untold.changedBy(1_000, 4_000, 10)).containsExactly(OTHER);
        assertThat(untold.changedBy(9_000, 9_000, 10)).containsExactly(OTHER, ONE);
        assertThat(untold.changedBy(9_000, 9_000, 1)).containsExactly(OTHER);
    }
}
