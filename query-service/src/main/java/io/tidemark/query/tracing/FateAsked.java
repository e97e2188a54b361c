package io.tidemark.query.tracing;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.reading.Wait;
import java.util.Optional;

/**
 * A question what became of an event, understood.
 *
 * @param mayBeOurs whether the customer may be named by our UUID
 * @param source empty where none was named
 * @param at the copy that is meant; empty: whichever was counted
 */
record FateAsked(
        String id, String customer, boolean mayBeOurs, String source, Optional<Coordinates> at, Wait waiting) {}
