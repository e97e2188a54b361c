package io.tidemark.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.reading.Copies;
import io.tidemark.streams.routing.Here;
import io.tidemark.streams.routing.Holding;

/** What an instance holds, by its own books. */
record HeldHere(Served served, Copies kept) implements Here {

    @Override
    public boolean counts(int partition) {
        return served.stay(partition) != Served.NOT;
    }

    @Override
    public boolean holdsAny() {
        return !served.all().isEmpty() || kept.isAnyAnswerable();
    }

    @Override
    public boolean copies(int partition) {
        return kept.isAnswerable(partition);
    }

    Holding holding() {
        return new Holding(served.all(), kept.answerable());
    }

    /** Adds of how many partitions that is. */
    void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "tidemark.partitions",
                        this,
                        here -> here.holding().active().size())
                .tag("held", "counting")
                .description(
                        "Partitions that this instance can answer for: counting them, or with a copy near enough to its end to take over")
                .register(registry);
        Gauge.builder(
                        "tidemark.partitions",
                        this,
                        here -> here.holding().copies().size())
                .tag("held", "copy")
                .description(
                        "Partitions that this instance can answer for: counting them, or with a copy near enough to its end to take over")
                .register(registry);
    }
}
