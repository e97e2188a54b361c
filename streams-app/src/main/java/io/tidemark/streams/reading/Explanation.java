package io.tidemark.streams.reading;

import io.tidemark.streams.event.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a customer's total was made of. The sums of {@code pages} and of {@code beyond} add up to it.
 *
 * @param asked the period that was asked for; the answer's own may be wider
 * @param pages that have anything in the period, by meter and from coarse to fine: the first of them
 * @param beyond what is left of them, should there be too many to be listed
 * @param handled up to where each source partition that feeds the customer's was handled; none of a source that nothing came from
 * @param minutesFrom since when single minutes are kept; empty: from the beginning
 * @param quartersFrom since when quarter hours are kept; empty: from the beginning
 */
public record Explanation(
        Period asked,
        List<UsedPage> pages,
        Beyond beyond,
        List<Handled> handled,
        Optional<Instant> minutesFrom,
        Optional<Instant> quartersFrom) {

    public Explanation {
        pages = List.copyOf(pages);
        handled = List.copyOf(handled);
    }

    /**
     * A page and the part of it that is in the total.
     *
     * @param granularity {@code month}, {@code day} or {@code hour}: its slots are days, quarter hours or minutes
     * @param span of the whole page
     * @param slots which of its slots are in the total
     * @param meter what it is of; a usage meter may be called as the requests are, the kind tells them apart
     * @param currency ISO 4217 code; empty where there is no cost
     * @param sums over those slots
     * @param events what is known of all events of the page, not only of those slots
     */
    public record UsedPage(
            String granularity,
            Period span,
            Slots slots,
            EventKind kind,
            String meter,
            String currency,
            Sums sums,
            Events events) {}

    /**
     * The slots {@code [from, to)}; of the first and the last, where they lie in the period in part, only what fell into one minute.
     *
     * @param present how many of them anything was ever added to
     */
    public record Slots(int from, int to, int present) {}

    /**
     * All events of a page. What was written by releases that did not note it is not known, and neither are counts of a page that has any of
     * those, or took over a minute of the page above of which only some were.
     *
     * @param newestAppendedAt to the second; where a page took over a minute, perhaps of a newer event of the page above
     * @param late how many were appended more than an hour after they occurred
     * @param corrected how many had a quantity, credits or a cost below zero
     */
    public record Events(Optional<Instant> newestAppendedAt, Optional<Long> late, Optional<Long> corrected) {}

    /** Pages that are not listed. */
    public record Beyond(long pages, Sums sums) {
        public static final Beyond NOTHING = new Beyond(0, Sums.NONE);
    }

    /**
     * How far a source partition was.
     *
     * @param offset up to which, itself included, every record is handled
     */
    public record Handled(String topic, int partition, long offset) {}
}
