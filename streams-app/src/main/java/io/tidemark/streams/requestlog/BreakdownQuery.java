package io.tidemark.streams.requestlog;

import io.tidemark.streams.reading.Period;
import java.util.List;

/**
 * What a customer used, by what its requests are labelled with.
 *
 * @param customer by external id
 * @param by one or more, in the order in which groups name them
 */
public record BreakdownQuery(String tenant, String customer, Period period, List<Label> by) {
    public BreakdownQuery {
        by = List.copyOf(by);
    }
}
