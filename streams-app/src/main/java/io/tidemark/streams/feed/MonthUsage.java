package io.tidemark.streams.feed;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Sums;
import java.time.Instant;
import java.util.List;

/**
 * What a customer used in a UTC month so far.
 *
 * @param meters by kind, then by name
 * @param version grows with every event that is counted in it
 * @param position what is contained in it, as answers carry it
 * @param asOf when the newest event of its partition was appended that is contained in it, or would be
 */
public record MonthUsage(List<MeterUsage> meters, long version, String position, Instant asOf) {

    public MonthUsage {
        meters = List.copyOf(meters);
    }

    /** Over all meters; its {@code quantity} adds unlike units and means nothing. */
    public Sums all() {
        return meters.stream().map(MeterUsage::sums).reduce(Sums.NONE, Sums::plus);
    }

    /** How many request events. */
    public long requests() {
        return meters.stream()
                .filter(meter -> meter.kind() == EventKind.REQUEST)
                .mapToLong(meter -> meter.sums().count())
                .sum();
    }
}
