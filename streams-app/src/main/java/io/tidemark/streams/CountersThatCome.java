package io.tidemark.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of one name whose rows come and go with the partitions that they are of; what {@code MultiGauge} is for gauges. Prometheus asks
 * for counters where a rate is to be had of them. Not safe for several threads.
 */
final class CountersThatCome {
    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final Map<Tags, Row> rows = new HashMap<>();

    CountersThatCome(MeterRegistry registry, String name, String description) {
        this.registry = registry;
        this.name = name;
        this.description = description;
    }

    private record Row(AtomicLong count, Meter meter) {}

    /** From now on there are these rows and no others. */
    void show(Map<Tags, Long> now) {
        rows.entrySet().removeIf(row -> {
            boolean gone = !now.containsKey(row.getKey());
            if (gone) {
                registry.remove(row.getValue().meter());
            }
            return gone;
        });
        now.forEach((tags, count) ->
                rows.computeIfAbsent(tags, any -> begun(tags, count)).count().set(count));
    }

    /** With its count from the first: a counter that were 0 for a moment would make a rate of all there ever was. */
    private Row begun(Tags tags, long at) {
        var count = new AtomicLong(at);
        return new Row(
                count,
                FunctionCounter.builder(name, count, AtomicLong::get)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }
}
