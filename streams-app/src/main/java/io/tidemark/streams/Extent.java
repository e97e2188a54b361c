package io.tidemark.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How much all instances of the deployment together are to hold: what is held ({@link HeldHere}) can be told to be less.
 *
 * @param partitions to be counted
 * @param standbys of each, how many copies others are to keep
 */
record Extent(int partitions, int standbys) {

    void bindTo(MeterRegistry registry) {
        Gauge.builder("tidemark.deployment.partitions", this, Extent::partitions)
                .description("Partitions that the instances of the deployment are to count, all together")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tidemark.deployment.standbys", this, Extent::standbys)
                .description("Copies of each partition that other instances are to keep, where there are as many")
                .strongReference(true)
                .register(registry);
    }
}
