package io.tidemark.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.UsageReadModel;
import java.time.Clock;
import java.time.Duration;

/** One running instance: owns the {@code KafkaStreams}, hands out read models, says how it is. */
@SuppressWarnings("DoNotCallSuggester")
public final class MeteringApp implements AutoCloseable {

    private MeteringApp() {}

    /**
     * Checks the topics, then starts counting; returns at once. Questions can be answered when {@link #health} is ready.
     *
     * @throws StartRefused when a topic is missing or is not as it must be; lists every fault
     */
    public static MeteringApp start(MeteringSettings settings, Clock clock) {
        throw new UnsupportedOperationException(settings + " " + clock);
    }

    public UsageReadModel usage() {
        throw new UnsupportedOperationException();
    }

    public Health health() {
        throw new UnsupportedOperationException();
    }

    /** Adds the meters of counting to a registry. */
    public void bindTo(MeterRegistry registry) {
        throw new UnsupportedOperationException(registry.toString());
    }

    /** Leaves the group and stops within the given time. */
    public void close(Duration atMost) {
        throw new UnsupportedOperationException(atMost.toString());
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(30));
    }
}
