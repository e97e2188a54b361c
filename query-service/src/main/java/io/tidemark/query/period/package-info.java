/**
 * From what a caller writes ({@code 30.00:00:00}, {@code P30D}, {@code 30d}, {@code last_month}, {@code from} and {@code
 * to}) to a {@link io.tidemark.streams.reading.Period}, or to every fault at once.
 *
 * <p>Owns the syntaxes, what they mean in a time zone, and how a zone's calendar cuts a period into windows. Does not sum anything. Next: {@code usage}, which asks with it.
 */
@NullMarked
package io.tidemark.query.period;

import org.jspecify.annotations.NullMarked;
