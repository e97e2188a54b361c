package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidemark.streams.dedupe.IdentityBenchmark;
import io.tidemark.streams.dedupe.SeenIdsBenchmark;
import io.tidemark.streams.intake.DecodeBenchmark;
import io.tidemark.streams.pages.AddUpBenchmark;
import io.tidemark.streams.pages.PageBenchmark;
import io.tidemark.streams.pages.PieceBenchmark;
import io.tidemark.streams.requestlog.LogBenchmark;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What the inner loops leave on the heap for each event. Time varies with the machine, this does not: a limit is what was measured, and a tenth
 * more. Whoever makes a loop leave less lowers its limit.
 */
final class AllocationTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int BATCHES = 5;
    private static final double ROOM = 1.1;

    /** Where results go, so that nothing is found to be needless. */
    private final List<Object> kept = new ArrayList<>();

    @Test
    void readingAnEvent() {
        var decode = new DecodeBenchmark();
        decode.encode();
        leaves("reading a request", 80, 1, 20_000, decode::ours);
        leaves("reading and judging a request", 440, 1, 20_000, decode::oursJudged);
    }

    @Test
    void itsIdentity() {
        leaves("identity", 232, 1, 20_000, new IdentityBenchmark()::sha256);
    }

    @Test
    void findingAndKeepingAnId() throws Exception {
        var ids = new SeenIdsBenchmark();
        ids.fill();
        try {
            leaves("an id at first sight", 252, 1, 20_000, ids::firstSight);
            leaves("an id seen before", 9_815, 1, 20_000, ids::repeat);
        } finally {
            ids.close();
        }
    }

    @Test
    void aPage() {
        var page = new PageBenchmark();
        page.fill();
        leaves("decoding a page, adding to it, encoding it", 392, 1, 20_000, page::decodeAddEncode);
    }

    @Test
    void addingUpWithItsShareOfTheCommit() throws Exception {
        var adding = new AddUpBenchmark();
        adding.open();
        try {
            leaves("adding up", 4_813, 2_000, 20, adding::addUp);
        } finally {
            adding.close();
        }
    }

    @Test
    void loggingWithItsShareOfTheCommit() throws Exception {
        var logging = new LogBenchmark();
        logging.open();
        try {
            leaves("logging a request", 5_542, 2_000, 20, logging::logs);
        } finally {
            logging.close();
        }
    }

    @Test
    void aPeriodToPages() {
        leaves("thirty days to pages", 560, 1, 5_000, new PieceBenchmark()::thirtyDays);
    }

    /** The least of some batches: whatever the first of them compile or load is not the loop's. */
    private void leaves(String what, long bytes, int events, int times, Supplier<Object> loop) {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Object last = loop.get();
            for (int i = 1; i < times; i++) {
                last = loop.get();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / times / events);
            kept.add(last);
        }
        System.err.println("measured: " + what + " leaves " + least + " B");
        assertThat((double) least).as(what).isLessThanOrEqualTo(bytes * ROOM);
    }
}
