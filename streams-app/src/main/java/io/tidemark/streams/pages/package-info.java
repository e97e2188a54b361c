/**
 * Where does it add up?
 *
 * <p>Owns the pages: exact sums by minute, quarter hour and day, kept as fixed vectors of slots, so that any period is a
 * handful of point gets for one customer and a handful of contiguous scans for all. Adds each event to up to three pages in
 * one transaction, holds them decoded until they are written ({@link DecodedPages}), moves those of
 * a customer that was erased to its pseudonym ({@link MovePages}), purges pages that are old, and reads them: {@link io.tidemark.streams.reading.UsageReadModel}.
 * Customers of a tenant are read one after the other out of all pieces side by side ({@link TenantReader}). Says which pages made a total ({@link PagesUsed}), and whether they hold what was counted ({@link Conservation}).
 *
 * <p>Next: {@code accounts}.
 */
@NullMarked
package io.tidemark.streams.pages;

import org.jspecify.annotations.NullMarked;
