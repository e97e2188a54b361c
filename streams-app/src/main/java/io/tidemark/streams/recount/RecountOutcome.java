package io.tidemark.streams.recount;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.PageLength;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What came of a recount.
 *
 * @param from the first minute that was compared: a later one than was asked for where the log reaches back no further
 * @param compared pages, by their length
 * @param disputed identities of which the log does not say which of their events was counted: either is taken for right
 * @param erased customers whose usage lies under a pseudonym, and is all there
 * @param differences numbers that are not what the log says, each of one slot, in the order of customers
 * @param doubts why something could not be told, as sentences; empty where all could
 */
public record RecountOutcome(
        Instant from,
        Instant to,
        Events events,
        SortedMap<PageLength, Long> compared,
        int disputed,
        int erased,
        List<Difference> differences,
        List<String> doubts) {

    public RecountOutcome {
        differences = List.copyOf(differences);
        doubts = List.copyOf(doubts);
    }

    /** Whether everything that could be told is as the log says. */
    public boolean equal() {
        return differences.isEmpty();
    }

    /**
     * What the records that were read came to.
     *
     * @param counted in the period, each once
     * @param outside good as well, in other minutes
     * @param ofOthers of tenants, or customers, that were not asked for
     * @param rejected by the first reason
     */
    public record Events(
            long read,
            long counted,
            long outside,
            long duplicates,
            long conflicts,
            long ofOthers,
            SortedMap<String, Long> rejected) {}

    /**
     * One number of one slot.
     *
     * @param slot when it begins
     * @param page how long the page is that it is in, which says how long the slot is
     * @param amount its name, such as {@code quantity}
     */
    public record Difference(
            String customer,
            Instant slot,
            PageLength page,
            EventKind kind,
            String meter,
            String currency,
            String amount,
            BigDecimal recounted,
            BigDecimal served) {}
}
