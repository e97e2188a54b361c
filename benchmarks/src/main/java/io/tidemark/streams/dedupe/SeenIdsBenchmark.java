package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.IdForm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to know an id, with two million kept that arrived over 35 days. Without the log to Kafka, which is a record for each id or for
 * a commit; a commit here is 2,000 ids.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// JMH fills it before anything else.
@SuppressWarnings("NullAway.Init")
public class SeenIdsBenchmark {
    private static final int KEPT = 2_000_000;
    private static final int COMMIT = 2_000;
    private static final long BEGIN = 1_790_000_000_000L;
    private static final long STEP = Duration.ofDays(35).toMillis() / KEPT;

    @Param({"RECORDS", "BLOCKS"})
    public IdForm form = IdForm.BLOCKS;

    private IdShelf shelf;
    private SeenIds seen;
    private long next;
    private long asked;

    @Setup
    public void fill() throws IOException {
        shelf = new IdShelf(Files.createTempDirectory("tidemark-ids"));
        seen = shelf.open(form, new IdsMemory(1L << 30));
        while (next < KEPT) {
            put();
        }
        shelf.settle();
    }

    @TearDown
    public void close() {
        shelf.close();
    }

    /** An event that was never seen: all but a few are. */
    @Benchmark
    public boolean firstSight() {
        boolean isNew = seen.find(IdShelf.id(next), arrival()) == null;
        put();
        return isNew;
    }

    /** One that was, at any time. */
    @Benchmark
    public boolean repeat() {
        asked = (asked + 1_299_709) % KEPT;
        return seen.find(IdShelf.id(asked), arrival()) != null;
    }

    private void put() {
        seen.put(IdShelf.id(next), IdShelf.sight(next), arrival());
        if (++next % COMMIT == 0) {
            seen.write();
        }
    }

    private long arrival() {
        return BEGIN + Math.min(next, KEPT) * STEP;
    }
}
