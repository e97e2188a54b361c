/**
 * Do the books balance?
 *
 * <p>Owns the question what became of all records, by the hour of their arrival ({@link io.tidemark.streams.reconciliation.Reconciliation}), and
 * the check that runs in every instance once a minute ({@link io.tidemark.streams.reconciliation.Auditor}): that what was read is what it came
 * to, hour by hour, that the hours are the whole, and that pages hold what was counted. Reads what {@code accounts} and {@code pages} wrote, and
 * writes nothing.
 */
@NullMarked
package io.tidemark.streams.reconciliation;

import org.jspecify.annotations.NullMarked;
