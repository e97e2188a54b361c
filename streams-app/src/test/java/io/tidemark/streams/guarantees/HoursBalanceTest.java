package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After each record, which is a commit of its own here, the books balance and say of every hour what the oracle says: with pages and progress in
 * either form, with the registry away now and then, so that what was parked comes to its fate in the hour of its arrival.
 */
class HoursBalanceTest {
    private static final int EVENTS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 6})
    void atEveryCommit(long seed) {
        try (var scratch = new Scratch()) {
            assertThat(Simulation.differencesInHours(scratch.directory(), seed, EVENTS))
                    .isEmpty();
        }
    }
}
