/**
 * Where does an event lie that was not counted for a fault of its own?
 *
 * <p>Writes {@code rejected-events}: the record as it came, with headers that say what is wrong and where it was. Also
 * gives a copy of each conflict, which is no rejection in the accounts but nothing its producer wants to lose.
 */
@NullMarked
package io.tidemark.streams.rejections;

import org.jspecify.annotations.NullMarked;
