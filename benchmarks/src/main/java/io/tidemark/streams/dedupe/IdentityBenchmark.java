package io.tidemark.streams.dedupe;

import io.tidemark.benchmarks.SampleEvents;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What an event's identity costs. In the package of {@code dedupe}, because how it is made is that room's alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdentityBenchmark {
    private final Identity identity = new Identity();
    private Event event = event();

    private static Event event() {
        var request = SampleEvents.request();
        return new Event(
                EventKind.REQUEST,
                request.getTenantId(),
                request.getExternalCustomerId(),
                "",
                request.getId(),
                SampleEvents.appendedAt() * 1_000,
                EventKind.REQUESTS_METER,
                request.getCurrency(),
                Amounts.of(EventKind.REQUEST),
                0);
    }

    @Benchmark
    public Object sha256() {
        return identity.of(event);
    }
}
