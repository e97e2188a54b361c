/**
 * Whom do we know?
 *
 * <p>Owns the hot record of each customer, when it was first and last seen, and a key for each series of readings it has,
 * so that its usage can be read by point gets. Tells the {@code directory} of customers it should know, and keeps the table
 * of what the directory says of them beside their usage, and how far it has read of that ({@code Learned}). Every outcome passes
 * unchanged. The customers seen last it has in memory ({@code SeenCustomers}), so that the store is not asked for each event.
 *
 * <p>Of a customer that was erased it moves all it has to the pseudonym ({@code Rename}), hands the {@link Erasure} on to
 * {@code pages}, {@code feed}, {@code rejections} and {@code requestlog}, and counts such moves ({@code Moves}), so that a read can tell that it crossed one.
 *
 * <p>Next: {@code pages}.
 */
@NullMarked
package io.tidemark.streams.customers;

import org.jspecify.annotations.NullMarked;
