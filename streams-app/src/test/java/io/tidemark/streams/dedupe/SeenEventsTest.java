package io.tidemark.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.HotReads.NotServed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
@Timeout(60)
class SeenEventsTest {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final int IDS = 20_000;
    private static final int ASKERS = 2;

    @TempDir
    private Path directory;

    /** Blocks, slices and tables come and go meanwhile: also where none has room in memory. */
    @ParameterizedTest
    @CsvSource({"BLOCKS, 1073741824", "BLOCKS, 1", "RECORDS, 1"})
    void areFoundByAnyThreadWheneverTheyArrivedWhileOthersCome(IdForm form, long memory) throws Exception {
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = new SeenIds(shelf.keyValue(), TimeRule.DEFAULT, form, MadeIds.SMALL, new IdsMemory(memory));
            var upTo = new AtomicInteger(-1);
            var askers = new ArrayList<CompletableFuture<Integer>>();
            for (int i = 0; i < ASKERS; i++) {
                int seed = i;
                askers.add(CompletableFuture.supplyAsync(() -> ask(seen, upTo, new Random(seed))));
            }
            for (int i = 0; i < IDS; i++) {
                seen.put(MadeIds.id(i), MadeIds.sight(i), BEGIN + i * 100_000L);
                upTo.set(i);
                if (i % 7 == 0) {
                    seen.write();
                }
                if (i % 1_000 == 0) {
                    seen.forgetSome(BEGIN + i * 100_000L);
                }
            }
            upTo.set(IDS);
            for (CompletableFuture<Integer> asker : askers) {
                assertThat(asker.get()).as("questions asked meanwhile").isPositive();
            }
        }
    }

    private static int ask(SeenIds seen, AtomicInteger upTo, Random random) {
        int asked = 0;
        for (int last = upTo.get(); last < IDS; last = upTo.get()) {
            if (last >= 0) {
                int which =
                        random.nextBoolean() ? last - random.nextInt(Math.min(last + 1, 20)) : random.nextInt(last + 1);
                assertThat(seen.findAnywhere(MadeIds.id(which))).isEqualTo(MadeIds.sight(which));
                assertThat(seen.findAnywhere(MadeIds.id(IDS + random.nextInt(IDS))))
                        .isNull();
                asked++;
            }
        }
        return asked;
    }

    @Test
    void areNotToldOnceTheyAreForgotten() {
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = MadeIds.seen(shelf.keyValue(), TimeRule.DEFAULT, IdForm.BLOCKS);
            seen.put(MadeIds.id(1), MadeIds.sight(1), BEGIN);
            // What is behind it ends its slice, and months later it is nobody's any more.
            seen.forgetSome(BEGIN + Duration.ofDays(30).toMillis());
            assertThat(seen.findAnywhere(MadeIds.id(1))).isEqualTo(MadeIds.sight(1));
            seen.forgetSome(BEGIN + Duration.ofDays(90).toMillis());
            assertThat(seen.findAnywhere(MadeIds.id(1))).isNull();
        }
    }

    @Test
    void areToldOfPartitionsAloneThatAreCountedHere() {
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = MadeIds.seen(shelf.keyValue(), TimeRule.DEFAULT, IdForm.BLOCKS);
            var events = new SeenEvents();
            assertThatThrownBy(() -> events.find(0, "acme", "c", "", "e")).isInstanceOf(NotServed.class);
            events.opened(0, seen);
            assertThat(events.find(0, "acme", "c", "", "e")).isEmpty();
            seen.put(new Identity().of("acme", "c", "", "e"), MadeIds.sight(7), BEGIN);
            assertThat(events.find(0, "acme", "c", "", "e")).contains(MadeIds.sight(7));
            events.closed(0, seen);
            assertThatThrownBy(() -> events.find(0, "acme", "c", "", "e")).isInstanceOf(NotServed.class);
        }
    }
}
