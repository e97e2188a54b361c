/**
 * How the stores may be asked: small read models that speak the domain, and answers that say how fresh they are. Whatever else partitions are asked goes by {@code Parts}, each room giving
 * a {@code PartReader}. Partitions are read by whoever asks and whoever is free ({@link io.tidemark.streams.reading.ManyHands}). Also knows
 * which copies of others' partitions may be asked ({@link io.tidemark.streams.reading.Copies}), what of the group's progress may be said of
 * our own ({@link io.tidemark.streams.reading.Ownership}), and how an instance is ({@link io.tidemark.streams.reading.Health}): what it
 * restores, and whether its disk has room.
 *
 * <p>Only this room (and the app that owns it) touches the running {@code KafkaStreams}. The types here cross the module
 * border and reach HTTP as they are; none of them knows Kafka.
 */
@NullMarked
package io.tidemark.streams.reading;

import org.jspecify.annotations.NullMarked;
