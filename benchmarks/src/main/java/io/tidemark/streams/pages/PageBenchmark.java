package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one event does to one page: decode, add, encode. In the package of {@code pages}, because a page's bytes are that
 * room's alone. An event does this up to three times, once for each granularity that has to tell its minute.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PageBenchmark {
    /** The enum itself is closed to the code JMH generates. */
    @Param({"HOUR", "DAY", "MONTH"})
    private String page = "HOUR";

    /** How many slots the page has already: one, or all of them. */
    @Param({"one", "all"})
    private String slots = "one";

    private Granularity granularity = Granularity.HOUR;
    private byte[] stored = {};
    private final Amounts reading = reading(1);
    private final Arrival arrival = new Arrival(1_792_497_600L, false, false);

    private static Amounts reading(long times) {
        var reading = Amounts.of(EventKind.REQUEST);
        reading.add(Amounts.OfRequest.COUNT, times);
        reading.add(Amounts.OfRequest.INPUT_TOKENS, 1_532 * times);
        reading.add(Amounts.OfRequest.OUTPUT_TOKENS, 418 * times);
        reading.add(Amounts.OfRequest.CACHED_INPUT_TOKENS, 1_024 * times);
        reading.add(Amounts.OfRequest.CREDITS, 1_250_000_000 * times);
        reading.add(Amounts.OfRequest.COST, 4_200_000 * times);
        return reading;
    }

    @Setup
    public void fill() {
        granularity = Granularity.valueOf(page);
        var filled = new Page(granularity, reading.size());
        int present = slots.equals("all") ? granularity.slots() : 1;
        for (int slot = 0; slot < present; slot++) {
            filled.add((long) slot * granularity.slotMinutes(), reading(20), arrival);
        }
        stored = filled.encode();
        System.out.println(page + ", " + slots + ": " + stored.length + " bytes");
    }

    @Benchmark
    public byte[] decodeAddEncode() {
        var decoded = new Page(granularity, reading.size(), stored);
        decoded.add(0, reading, arrival);
        return decoded.encode();
    }
}
