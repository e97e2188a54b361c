/**
 * The machine: from an event on a topic to a total that can be asked for. A library with no {@code main}.
 *
 * <p>The rooms, in the order an event meets them: {@code intake} (is it countable?), {@code placing} (is it in its own
 * partition?), {@code dedupe} (has it been counted?), {@code customers} (who do we know?), {@code pages} (where does
 * it add up?), {@code accounts} (what became of every record?). Beside them: {@code parking} (what waits for its schema),
 * {@code rejections} (what was refused), {@code fates} (who waits to hear what became of an event?), {@code feed} (who hears of
 * totals without asking), {@code requestlog} (which requests made a number?), {@code originals} (what was sent?), {@code tracing} (what became of
 * an event?), {@code replaying} (may what was rejected be sent again?), {@code reconciliation} (do the books balance?), {@code recount} (does the log say the same?), {@code event}, the values that travel between rooms; {@code hot}, the one store the hot rooms share;
 * {@code reading}, how the stores may be asked; {@code
 * routing}, who is asked, this instance or others; {@code publishing} and {@code administration}, the small ports through which the
 * door writes to Kafka and sets it up; {@code connecting}, how Kafka and the registry are reached; {@code hashing}, SHA-256; {@code
 * recovery}, what the living do for instances that died.
 *
 * <p>A second way, beside the events': {@code directory} (who is a tenant's customer?). And what every instance holds in
 * memory: {@code tables}, how compacted topics get there; {@code roster}, the customers; {@code access}, keys and tenants.
 *
 * <p>{@code MeteringTopology} knows the order of the rooms, {@code MeteringApp} owns what runs. Nothing here knows HTTP.
 */
@NullMarked
package io.tidemark.streams;

import org.jspecify.annotations.NullMarked;
