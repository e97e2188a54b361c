/**
 * How do events get to Kafka that do not come by a producer of their own? By two small ports, fields in, an acknowledged position
 * out: {@code EventPublisher} for who sends from outside, one by one or many on their way, and {@code EventIntake} for the door,
 * which hears of an event's faults before it is written and may hear what became of it.
 *
 * <p>Owns the producers and the conversion {@code toAvro}. Does not judge an event's values; that is {@code intake}'s.
 */
@NullMarked
package io.tidemark.streams.publishing;

import org.jspecify.annotations.NullMarked;
