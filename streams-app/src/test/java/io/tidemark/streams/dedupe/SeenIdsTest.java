package io.tidemark.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Tombstones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class SeenIdsTest {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final Bytes ID = id(1);

    @TempDir
    private Path directory;

    @Test
    void knowsEveryRepeatOfTheSameTimeThatTheTimeRuleAccepts() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            TimeRule time = drawnTimeRule(random);
            try (var shelf = new Shelf(directory.resolve("same" + seed), SeenIds.builder())) {
                acceptsEachTimeOnce(new SeenIds(shelf.keyValue(), time), time, random, seed);
            }
        }
    }

    /** Sends the same events again and again; those the rule accepts must be known from the second time on. */
    private static void acceptsEachTimeOnce(SeenIds seen, TimeRule time, Random random, long seed) {
        var occurred = new ArrayList<Long>();
        Map<Integer, Long> accepted = new HashMap<>();
        long clock = BEGIN + random.nextInt(1_000_000_000);
        long pace = SeenIds.reach(time).toMillis() / 100;
        for (int step = 0; step < 600; step++) {
            clock += (long) (random.nextDouble() * pace);
            long at = clock - (long) (random.nextDouble() * time.brokerSkew().toMillis());
            if (occurred.isEmpty() || random.nextInt(4) == 0) {
                long late = time.late().toMillis();
                long early = time.early().toMillis();
                occurred.add(at + early - (long) (random.nextDouble() * (late + early)));
            }
            seen.forgetSome(clock);
            int which = random.nextInt(occurred.size());
            if (isAccepted(occurred.get(which), at, time)) {
                @Nullable FirstSight first = seen.find(id(which), at);
                if (accepted.putIfAbsent(which, at) == null) {
                    assertThat(first).as("seed %d step %d", seed, step).isNull();
                    seen.put(id(which), sight(which), at);
                } else {
                    assertThat(first).as("seed %d step %d", seed, step).isEqualTo(sight(which));
                }
            }
        }
    }

    private static boolean isAccepted(long occurred, long at, TimeRule time) {
        return occurred >= at - time.late().toMillis()
                && occurred <= at + time.early().toMillis();
    }

    @Test
    void knowsAnIdForItsReachWhateverTimeTheRepeatBears() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            TimeRule time = drawnTimeRule(random);
            try (var shelf = new Shelf(directory.resolve("other" + seed), SeenIds.builder())) {
                var seen = new SeenIds(shelf.keyValue(), time);
                long first = BEGIN + random.nextInt(1_000_000_000);
                seen.put(ID, sight(1), first);
                long reach = SeenIds.reach(time).toMillis();
                for (long later : List.of(0L, 1L, reach / 3, reach / 2, reach - 1, reach)) {
                    seen.put(id(2), sight(2), first + later);
                    seen.forgetSome(first + later);
                    assertThat(seen.find(ID, first + later))
                            .as("seed %d, %d ms later", seed, later)
                            .isEqualTo(sight(1));
                }
            }
        }
    }

    @Test
    void knowsARecordThatWaitedBehindItsOwnCopy() {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = new SeenIds(shelf.keyValue(), time);
            long days = Duration.ofDays(1).toMillis();
            for (int day = 0; day <= 35; day++) {
                seen.put(id(day), sight(day), BEGIN + day * days);
                assertThat(seen.find(id(day), BEGIN)).as("copy on day %d", day).isEqualTo(sight(day));
            }
        }
    }

    @Test
    void knowsTheFirstCopyWhenTheSecondWaitedForASlice() {
        for (long offset = 0; offset < 40; offset++) {
            TimeRule time = new TimeRule(Duration.ofHours(40), Duration.ZERO, Duration.ZERO);
            try (var shelf = new Shelf(directory.resolve("waited" + offset), SeenIds.builder())) {
                var seen = new SeenIds(shelf.keyValue(), time);
                long hours = Duration.ofHours(1).toMillis();
                long first = BEGIN + offset * hours;
                seen.put(ID, sight(1), first);
                long released = first + 60 * hours;
                seen.put(id(2), sight(2), released);
                seen.forgetSome(released);
                assertThat(seen.find(ID, first + 40 * hours))
                        .as("offset %d", offset)
                        .isEqualTo(sight(1));
            }
        }
    }

    @Test
    void forgetsWhatIsFarOlderThanItsReach() {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = new SeenIds(shelf.keyValue(), time);
            seen.put(ID, sight(1), BEGIN);
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            seen.put(id(2), sight(2), later);
            seen.forgetSome(later);
            assertThat(seen.find(ID, BEGIN)).isNull();
            assertThat(seen.find(id(2), later)).isEqualTo(sight(2));
        }
    }

    @Test
    void neverMeetsAgainWhatItForgot() {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory.resolve("shelf"), SeenIds.builder());
                var tombstones = new Tombstones(directory.resolve("tombstones"))) {
            var seen = new SeenIds(shelf.keyValue(), time);
            for (int i = 0; i < 7_000; i++) {
                seen.put(id(i), sight(i), BEGIN);
            }
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            for (int i = 7_000; i < 7_010; i++) {
                seen.put(id(i), sight(i), later);
            }
            shelf.keyValue().commit(Map.of());

            for (int restart = 0; restart < 5; restart++) {
                assertThat(tombstones.steppedOver(() -> new SeenIds(shelf.keyValue(), time).forgetSome(later)))
                        .as("restart %d", restart)
                        .isLessThan(10);
            }
            assertThat(seen.find(id(6_999), BEGIN)).isNull();
            assertThat(new SeenIds(shelf.keyValue(), time).find(id(7_000), later))
                    .isEqualTo(sight(7_000));
        }
    }

    @Test
    void forgetsAlsoWhatCameAfterItsSliceWasForgotten() {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = new SeenIds(shelf.keyValue(), time);
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            seen.put(ID, sight(1), BEGIN);
            seen.put(id(2), sight(2), later);
            seen.forgetSome(later);
            seen.put(id(3), sight(3), BEGIN);
            assertThat(seen.find(id(3), BEGIN)).isEqualTo(sight(3));
            new SeenIds(shelf.keyValue(), time).forgetSome(later);
            assertThat(seen.find(id(3), BEGIN)).isNull();
        }
    }

    private static TimeRule drawnTimeRule(Random random) {
        return new TimeRule(
                Duration.ofMinutes(1 + random.nextInt(60 * 24 * 40)),
                Duration.ofSeconds(random.nextInt(7_200)),
                Duration.ofSeconds(random.nextInt(1_200)));
    }

    private static Bytes id(int number) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) (number >>> 8);
        bytes[1] = (byte) number;
        return Bytes.wrap(bytes);
    }

    private static FirstSight sight(int number) {
        return new FirstSight(number, new Coordinates(Source.USAGE, 3, number));
    }
}
