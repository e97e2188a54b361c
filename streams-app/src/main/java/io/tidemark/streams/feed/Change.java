package io.tidemark.streams.feed;

import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Supplier;

/** A customer's UTC month that changed. */
public final class Change {
    private final String tenant;
    private final String externalId;
    private final YearMonth month;
    private final int partition;
    private final long offset;
    private final int bytes;
    private final boolean gone;
    private final Supplier<Optional<MonthUsage>> usage;

    /** @param bytes what it holds of memory, roughly */
    Change(
            String tenant,
            String externalId,
            YearMonth month,
            int partition,
            long offset,
            int bytes,
            boolean gone,
            Supplier<Optional<MonthUsage>> usage) {
        this.tenant = tenant;
        this.externalId = externalId;
        this.month = month;
        this.partition = partition;
        this.offset = offset;
        this.bytes = bytes;
        this.gone = gone;
        this.usage = usage;
    }

    public String tenant() {
        return tenant;
    }

    public String externalId() {
        return externalId;
    }

    public YearMonth month() {
        return month;
    }

    /** Whether it was taken back, the customer being erased. */
    public boolean isGone() {
        return gone;
    }

    /** What was used in that month so far; empty where it is gone, or is written in a way that only a newer release reads. Read anew at each call. */
    public Optional<MonthUsage> usage() {
        return usage.get();
    }

    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }

    int bytes() {
        return bytes;
    }
}
