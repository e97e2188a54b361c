package io.tidemark.query.ops;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.query.http.Exchange;
import io.tidemark.streams.reading.Health;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How this instance is doing, for Prometheus. No label names a tenant or a customer: that would be without bound. */
public final class Metrics implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final double NANOS_OF_A_MILLI = 1e6;
    /** Of a histogram's buckets: percentiles over all instances can be had of nothing else. An answer may be waited for up to 30 s. */
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Adds whether this instance is ready, and alive, as {@code /health} says. */
    public void healthIs(Supplier<Health> health) {
        Gauge.builder("tidemark.ready", health, now -> now.get().ready() ? 1 : 0)
                .description("1 while this instance can answer and counts, as /health/ready says; else 0")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tidemark.alive", health, now -> now.get().alive() ? 1 : 0)
                .description(
                        "0 when counting has stopped for good and the process should be restarted, as /health/live says; else 1")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Counts a request that was answered, by route template: paths are without bound too. One whose answer goes on for as long as somebody listens is
     * none, for its time would drown the others'.
     */
    public void answered(Context context, float millis) {
        if (Exchange.of(context).isGoingOn()) {
            return;
        }
        Endpoint matched = context.endpoints().lastHttpEndpoint();
        Timer.builder("http.server.requests")
                .description("Requests answered, by route and status")
                .serviceLevelObjectives(BUCKETS)
                .tag("method", matched == null ? "other" : context.method().name())
                .tag("uri", matched == null ? "unknown" : matched.path)
                .tag("status", String.valueOf(context.statusCode()))
                .register(registry)
                .record(Duration.ofNanos((long) (millis * NANOS_OF_A_MILLI)));
    }

    public void scrape(Context context) {
        context.contentType(CONTENT_TYPE).result(registry.scrape());
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
