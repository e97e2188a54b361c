/**
 * Has this event been counted already?
 *
 * <p>Owns the <em>seen-ids</em> store. An event's identity is (tenant, customer, source, id) and nothing else: a retry
 * with a fresh timestamp is a repeat all the same. Says {@code Repeated} of an accepted event seen before, and whether it
 * is a copy or a conflict; everything else passes.
 *
 * <p>{@code SeenIds} is the way in, from outside the task {@code SeenEvents}; {@code BlockIds} how ids are kept, {@code RecordIds} how they were. What this room needs of Kafka Streams'
 * inside is in {@code hot}.
 *
 * <p>Next: {@code customers}.
 */
@NullMarked
package io.tidemark.streams.dedupe;

import org.jspecify.annotations.NullMarked;
