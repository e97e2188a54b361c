/**
 * What the totals of a load must be, by a plain sum of what was sent, and the file that holds it.
 *
 * <p>Shares no arithmetic with what counts: one addition of {@code BigDecimal} after the other. Whoever compares is {@code
 * verification}'s.
 */
@NullMarked
package io.tidemark.query.oracle;

import org.jspecify.annotations.NullMarked;
