package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SettledTest {
    private static final int PARTITIONS = 4;
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant LATER = NOW.plus(Settled.FOR).plusMillis(1);
    private static final Optional<Set<Integer>> NOBODY_SAYS = Optional.empty();

    private final Settled settled = new Settled(PARTITIONS);

    private boolean is(Set<Integer> owned, Set<Integer> whole, Optional<Set<Integer>> meant, Instant now) {
        return settled.is(true, owned, whole, () -> meant, now);
    }

    @Test
    void withEverythingAtOnce() {
        Set<Integer> all = IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toSet());
        assertThat(is(all, all, NOBODY_SAYS, NOW)).isTrue();
    }

    @Test
    void withWhatTheGroupMeansAtOnce() {
        assertThat(is(Set.of(0, 2), Set.of(0, 2), Optional.of(Set.of(0, 2)), NOW))
                .isTrue();
        assertThat(is(Set.of(), Set.of(), Optional.of(Set.of()), NOW))
                .as("it only gets copies for now")
                .isTrue();
    }

    /** The first of two rounds: its partitions are still another's. */
    @Test
    void notWhileTheGroupMeansMore() {
        assertThat(is(Set.of(), Set.of(), Optional.of(Set.of(0, 2)), NOW)).isFalse();
        assertThat(is(Set.of(0), Set.of(0), Optional.of(Set.of(0, 2)), NOW)).isFalse();
    }

    @Test
    void notWhileSomethingIsRestored() {
        assertThat(is(Set.of(0, 2), Set.of(0), Optional.of(Set.of(0, 2)), NOW)).isFalse();
        assertThat(is(Set.of(0, 2), Set.of(0), Optional.of(Set.of(0, 2)), LATER))
                .isFalse();
        assertThat(settled.is(false, Set.of(0), Set.of(0), () -> Optional.of(Set.of(0)), NOW))
                .as("a round is on")
                .isFalse();
    }

    @Test
    void afterAWhileWhereNobodySays() {
        assertThat(is(Set.of(0), Set.of(0), NOBODY_SAYS, NOW)).isFalse();
        assertThat(is(Set.of(0), Set.of(0), NOBODY_SAYS, NOW.plus(Settled.FOR))).isFalse();
        assertThat(is(Set.of(0), Set.of(0), NOBODY_SAYS, LATER)).isTrue();
    }

    /** What moves begins the while anew. */
    @Test
    void afterAWhileWithoutAMove() {
        assertThat(is(Set.of(0), Set.of(0), NOBODY_SAYS, NOW)).isFalse();
        assertThat(is(Set.of(0, 2), Set.of(0), NOBODY_SAYS, LATER)).isFalse();
        assertThat(is(Set.of(0, 2), Set.of(0, 2), NOBODY_SAYS, LATER)).isFalse();
        assertThat(is(
                        Set.of(0, 2),
                        Set.of(0, 2),
                        NOBODY_SAYS,
                        LATER.plus(Settled.FOR).plusMillis(1)))
                .isTrue();
    }

    /** Should the group mean for long what does not come, it does not keep an instance from answering of what it has. */
    @Test
    void afterAWhileAlsoWithoutWhatTheGroupMeans() {
        assertThat(is(Set.of(0), Set.of(0), Optional.of(Set.of(0, 2)), NOW)).isFalse();
        assertThat(is(Set.of(0), Set.of(0), Optional.of(Set.of(0, 2)), LATER)).isTrue();
    }
}
