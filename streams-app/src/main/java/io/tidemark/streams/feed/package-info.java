/**
 * Who wants to hear of it without asking?
 *
 * <p>Owns the public topic {@code usage-feed}: one record for each customer and UTC month that changed, with all of its
 * totals, some time after the change and not for every event. What has still to be told is kept in state, so none is lost. And hears it, for those who
 * listen at this instance. Adds nothing up: the totals are {@code pages}'.
 */
@NullMarked
package io.tidemark.streams.feed;

import org.jspecify.annotations.NullMarked;
