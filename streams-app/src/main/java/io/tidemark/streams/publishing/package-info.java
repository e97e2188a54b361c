/**
 * The small port through which the door writes events to Kafka: fields in, an acknowledged position out, one by one or many on their way.
 *
 * <p>Owns the producer and the conversion {@code toAvro}. Does not judge an event's values; that is {@code intake}'s.
 */
@NullMarked
package io.tidemark.streams.publishing;

import org.jspecify.annotations.NullMarked;
