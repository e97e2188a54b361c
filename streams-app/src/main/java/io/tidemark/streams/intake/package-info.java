/**
 * Is this event countable?
 *
 * <p>Reads an event's bytes with the schema it was written with, and judges it by {@link
 * io.tidemark.streams.intake.Rules}; what it cannot read yet it leaves to {@code parking}. Says {@code Accepted},
 * {@code Rejected} with every fault, or {@code Parked}; or {@code Rekeyed} of what it cannot read yet and whose key is of another
 * partition, to wait there. Knows nothing of repeats or totals.
 *
 * <p>Reads events for those, too, who show them or send them again ({@code WholeRequests}, {@code PlainFields}, {@code SentFields}), and says whose a
 * rejected one claims to be ({@code Claims}).
 *
 * <p>Next: {@code placing}.
 */
@NullMarked
package io.tidemark.streams.intake;

import org.jspecify.annotations.NullMarked;
