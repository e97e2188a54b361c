package io.tidemark.query.usage;

import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.util.List;

/** What was used of one meter, as it is sent. */
public record MeterBody(
        String meter, String kind, long count, BigDecimal quantity, BigDecimal credits, List<Money> cost) {

    public static MeterBody of(MeterUsage usage) {
        Sums sums = usage.sums();
        return new MeterBody(
                usage.meter(),
                usage.kind().label(),
                sums.count(),
                sums.quantity(),
                sums.credits(),
                Money.each(sums.cost()));
    }
}
