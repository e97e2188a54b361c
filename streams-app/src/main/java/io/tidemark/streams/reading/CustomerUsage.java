package io.tidemark.streams.reading;

import java.util.List;

/**
 * The usage of one customer.
 *
 * @param period the span that was really summed: the asked one, widened where data so fine is kept no longer
 * @param requests how many request events; {@code all.count()} has usage events too
 * @param all over all meters; its {@code quantity} adds unlike units and means nothing
 * @param meters by kind, then by name
 */
public record CustomerUsage(
        String externalId, Period period, long requests, Sums all, List<MeterUsage> meters, Freshness freshness) {

    public CustomerUsage {
        meters = List.copyOf(meters);
    }
}
