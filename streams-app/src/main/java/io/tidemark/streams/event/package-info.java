/**
 * The values that travel between rooms: an event as it was received, what it says once it is read, what became of it.
 *
 * <p>Knows neither Kafka nor a store.
 */
@NullMarked
package io.tidemark.streams.event;

import org.jspecify.annotations.NullMarked;
