package io.tidemark.query.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private final AtomicReference<Health> health = new AtomicReference<>(new Health(true, true, List.of()));

    @Test
    void sayWhatHealthSays() {
        try (var metrics = new Metrics()) {
            metrics.healthIs(health::get);
            assertThat(said(metrics, "tidemark.ready")).isOne();
            assertThat(said(metrics, "tidemark.alive")).isOne();
            health.set(new Health(true, false, List.of("partition 3 is being restored")));
            assertThat(said(metrics, "tidemark.ready")).isZero();
            assertThat(said(metrics, "tidemark.alive")).isOne();
            health.set(Health.stopped("counting has stopped"));
            assertThat(said(metrics, "tidemark.alive")).isZero();
        }
    }

    private static double said(Metrics metrics, String gauge) {
        return metrics.registry().get(gauge).gauge().value();
    }
}
