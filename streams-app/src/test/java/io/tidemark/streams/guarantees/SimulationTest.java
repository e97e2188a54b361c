package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two thousand events for each seed, against the oracle. {@code -Dtidemark.seed=17} replays one seed, {@code
 * -Dtidemark.simulations=5000} runs more.
 */
@Tag("long")
class SimulationTest {
    private static final int THREADS = 2;

    @Test
    void totalsAndAccountsEqualTheOracleForEverySeed() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> runs = new ArrayList<>();
            long[] seeds = seeds();
            for (long seed : seeds) {
                runs.add(threads.submit(() -> run(seed, true)));
            }
            for (int i = 0; i < seeds.length; i++) {
                assertThat(runs.get(i).get())
                        .as("seed %d (replay it with -Dtidemark.seed=%d)", seeds[i], seeds[i])
                        .isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noticesAnOracleThatCountsRepeatsTwice() {
        assertThat(run(1, false)).isNotEmpty();
    }

    private static long[] seeds() {
        Long only = Long.getLong("tidemark.seed");
        return only == null
                ? LongStream.rangeClosed(1, Integer.getInteger("tidemark.simulations", 200))
                        .toArray()
                : new long[] {only};
    }

    private static List<String> run(long seed, boolean oracleKnowsRepeats) {
        try (var scratch = new Scratch()) {
            return Simulation.differences(scratch.directory(), seed, oracleKnowsRepeats);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
