/**
 * Where does an event lie that was not counted for a fault of its own, and what became of it since?
 *
 * <p>Writes {@code rejected-events}: the record as it came, with headers that say what is wrong and where it was. Also
 * gives a copy of each conflict, which is no rejection in the accounts but nothing its producer wants to lose. Keeps all of them in the hot store for as long as
 * ids are kept, to be asked for by tenant and time, by event, and counted; with them, which were replayed and counted.
 *
 * <p>Does not replay: that is {@code replaying}'s.
 */
@NullMarked
package io.tidemark.streams.rejections;

import org.jspecify.annotations.NullMarked;
