package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.IdForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Two thousand events for each seed, against the oracle. {@code -Dtidemark.seed=17} replays one seed, {@code
 * -Dtidemark.simulations=5000} runs more.
 */
class SimulationTest {
    private static final int THREADS = 2;
    private static final int SEEDS_WITH_RECORDS = 10;

    @Test
    void totalsAndAccountsEqualTheOracleForEverySeed() throws InterruptedException, ExecutionException {
        equalTheOracle(IdForm.BLOCKS, seeds(Integer.getInteger("tidemark.simulations", 20)));
    }

    @Test
    void alsoWithIdsInARecordEach() throws InterruptedException, ExecutionException {
        equalTheOracle(IdForm.RECORDS, seeds(SEEDS_WITH_RECORDS));
    }

    private static void equalTheOracle(IdForm ids, long[] seeds) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> runs = new ArrayList<>();
            for (long seed : seeds) {
                runs.add(threads.submit(() -> run(seed, ids, true)));
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
        assertThat(run(1, IdForm.BLOCKS, false)).isNotEmpty();
    }

    private static long[] seeds(int upTo) {
        Long only = Long.getLong("tidemark.seed");
        return only == null ? LongStream.rangeClosed(1, upTo).toArray() : new long[] {only};
    }

    private static List<String> run(long seed, IdForm ids, boolean oracleKnowsRepeats) {
        try (var scratch = new Scratch()) {
            return Simulation.differences(scratch.directory(), seed, ids, oracleKnowsRepeats);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
