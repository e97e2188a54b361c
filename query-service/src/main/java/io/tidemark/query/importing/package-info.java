/**
 * Customers out of a file, sent to a running instance.
 *
 * <p>Owns how a file is read, in what order its rows are sent and how often, how far an import is kept to be, and the report of what was
 * refused. What a customer may be is the instance's to say ({@code customers}); how it is reached is {@code remote}'s.
 *
 * <p>In the order a row meets them: {@link CustomerFile} and its rows, {@link Window}, {@link RowCalls}, {@link Ledger}.
 */
@NullMarked
package io.tidemark.query.importing;

import org.jspecify.annotations.NullMarked;
