package io.tidemark.streams.reading;

import java.util.List;
import java.util.Optional;

/**
 * The usage of one customer.
 *
 * @param period the span that was really summed: the asked one, widened where data so fine is kept no longer
 * @param requests how many request events; {@code all.count()} has usage events too
 * @param all over all meters; its {@code quantity} adds unlike units and means nothing
 * @param meters by kind, then by name
 * @param explanation what it was made of, where that was asked for
 */
public record CustomerUsage(
        String externalId,
        Period period,
        long requests,
        Sums all,
        List<MeterUsage> meters,
        Freshness freshness,
        Optional<Explanation> explanation) {

    public CustomerUsage {
        meters = List.copyOf(meters);
    }

    /** Without saying what it was made of. */
    public CustomerUsage(
            String externalId, Period period, long requests, Sums all, List<MeterUsage> meters, Freshness freshness) {
        this(externalId, period, requests, all, meters, freshness, Optional.empty());
    }
}
