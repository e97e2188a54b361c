package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever part of a commit a reader or a copy has, it has no progress without all that this speaks of: in the changelog,
 * progress is behind everything of its commit that answers are made of, with several sources in one.
 */
@NullMarked
class ProgressComesLastTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final Set<Byte> ANSWERED_FROM =
            Set.of(HotStore.PROGRESS, HotStore.CUSTOMER, HotStore.PAGE, HotStore.SERIES);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(PageCache.Form.class)
    void behindWhatAnswersAreMadeOf(PageCache.Form form) {
        var pages = new PageCache(form, PageCache.DEFAULT.bytes());
        try (var machine = new Machine(directory, NOW, TimeRule.DEFAULT, Retention.DEFAULT, pages, Ids.DEFAULT)) {
            // Parked and released together, records of two topics are in one commit.
            machine.wire.away(true);
            machine.append(Events.request("r", "c1", NOW).build(), NOW);
            machine.append(Events.usage("u", "c1", NOW, "1").build(), NOW);
            assertThat(machine.logged(HotStore.NAME)).isNotEmpty();
            machine.wire.away(false);
            machine.pass(Duration.ofSeconds(1));
            assertThat(machine.progress()).noneMatch(Progress::hasParked);
            List<Byte> rooms = machine.logged(HotStore.NAME).stream()
                    .map(record -> record.key()[0])
                    .filter(ANSWERED_FROM::contains)
                    .toList();
            assertThat(rooms).contains(HotStore.SERIES, HotStore.PAGE);
            assertThat(rooms.subList(rooms.indexOf(HotStore.PROGRESS), rooms.size()))
                    .hasSize(2)
                    .containsOnly(HotStore.PROGRESS);
        }
    }
}
