package io.tidemark.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Tombstones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
class SeenIdsTest {
    private static final long BEGIN = 1_790_000_000_000L;
    private static final Id ID = id(1);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void knowsEveryRepeatOfTheSameTimeThatTheTimeRuleAccepts(IdForm form) {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            TimeRule time = drawnTimeRule(random);
            try (var shelf = new Shelf(directory.resolve("same" + seed), SeenIds.builder())) {
                acceptsEachTimeOnce(MadeIds.seen(shelf.keyValue(), time, form), time, random, seed);
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
            if (random.nextInt(7) == 0) {
                seen.write();
            }
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

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void knowsAnIdForItsReachWhateverTimeTheRepeatBears(IdForm form) {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            TimeRule time = drawnTimeRule(random);
            try (var shelf = new Shelf(directory.resolve("other" + seed), SeenIds.builder())) {
                var seen = MadeIds.seen(shelf.keyValue(), time, form);
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

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void knowsARecordThatWaitedBehindItsOwnCopy(IdForm form) {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = MadeIds.seen(shelf.keyValue(), time, form);
            long days = Duration.ofDays(1).toMillis();
            for (int day = 0; day <= 35; day++) {
                seen.put(id(day), sight(day), BEGIN + day * days);
                assertThat(seen.find(id(day), BEGIN)).as("copy on day %d", day).isEqualTo(sight(day));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void knowsTheFirstCopyWhenTheSecondWaitedForASlice(IdForm form) {
        for (long offset = 0; offset < 40; offset++) {
            TimeRule time = new TimeRule(Duration.ofHours(40), Duration.ZERO, Duration.ZERO);
            try (var shelf = new Shelf(directory.resolve("waited" + offset), SeenIds.builder())) {
                var seen = MadeIds.seen(shelf.keyValue(), time, form);
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

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void forgetsWhatIsFarOlderThanItsReach(IdForm form) {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = MadeIds.seen(shelf.keyValue(), time, form);
            seen.put(ID, sight(1), BEGIN);
            seen.forgetSome(BEGIN + SeenIds.reach(time).toMillis());
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            seen.put(id(2), sight(2), later);
            seen.forgetSome(later);
            assertThat(seen.find(ID, BEGIN)).isNull();
            assertThat(seen.find(id(2), later)).isEqualTo(sight(2));
        }
    }

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void neverMeetsAgainWhatItForgot(IdForm form) {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory.resolve("shelf"), SeenIds.builder());
                var tombstones = new Tombstones(directory.resolve("tombstones"))) {
            var seen = MadeIds.seen(shelf.keyValue(), time, form);
            for (int i = 0; i < 7_000; i++) {
                seen.put(id(i), sight(i), BEGIN);
            }
            seen.forgetSome(BEGIN + SeenIds.reach(time).toMillis());
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            for (int i = 7_000; i < 7_010; i++) {
                seen.put(id(i), sight(i), later);
            }
            seen.write();
            shelf.keyValue().commit(Map.of());

            for (int restart = 0; restart < 5; restart++) {
                assertThat(tombstones.steppedOver(
                                () -> MadeIds.seen(shelf.keyValue(), time, form).forgetSome(later)))
                        .as("restart %d", restart)
                        .isLessThan(10);
            }
            assertThat(MadeIds.seen(shelf.keyValue(), time, form).find(id(6_999), BEGIN))
                    .isNull();
            assertThat(MadeIds.seen(shelf.keyValue(), time, form).find(id(7_000), later))
                    .isEqualTo(sight(7_000));
        }
    }

    @ParameterizedTest
    @EnumSource(IdForm.class)
    void forgetsAlsoWhatCameAfterItsSliceWasForgotten(IdForm form) {
        TimeRule time = TimeRule.DEFAULT;
        try (var shelf = new Shelf(directory, SeenIds.builder())) {
            var seen = MadeIds.seen(shelf.keyValue(), time, form);
            long later = BEGIN + 3 * SeenIds.reach(time).toMillis();
            seen.put(ID, sight(1), BEGIN);
            seen.put(id(2), sight(2), later);
            seen.forgetSome(later);
            seen.put(id(3), sight(3), BEGIN);
            assertThat(seen.find(id(3), BEGIN)).isEqualTo(sight(3));
            seen.write();
            var again = MadeIds.seen(shelf.keyValue(), time, form);
            assertThat(again.find(id(3), BEGIN)).isEqualTo(sight(3));
            again.forgetSome(later + 3 * SeenIds.reach(time).toMillis());
            assertThat(again.find(id(3), BEGIN)).isNull();
        }
    }

    private static TimeRule drawnTimeRule(Random random) {
        return new TimeRule(
                Duration.ofMinutes(1 + random.nextInt(60 * 24 * 40)),
                Duration.ofSeconds(random.nextInt(7_200)),
                Duration.ofSeconds(random.nextInt(1_200)));
    }

    private static Id id(int number) {
        return MadeIds.id(number);
    }

    private static FirstSight sight(int number) {
        return MadeIds.sight(number);
    }
}
