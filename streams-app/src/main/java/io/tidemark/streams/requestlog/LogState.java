package io.tidemark.streams.requestlog;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How far a task's log is.
 *
 * <p>Key: {@code [0x00]}. Value: layout 1, then these numbers in their order.
 *
 * @param requests how many events of {@code requests} were counted when it was last written
 * @param rekeyed the same of {@code rekey}. Where progress has other numbers when a task begins, events were counted without the log
 * @param horizon the first second whose rows are kept, in UTC seconds since 1970-01-01; written before the first row behind it goes
 * @param purged all rows of seconds before this are gone
 * @param gapUntil rows of seconds before this may be missing: they were counted without the log
 */
record LogState(long requests, long rekeyed, long horizon, long purged, long gapUntil) {
    static final Bytes KEY = new BytesOut().raw(LogStore.STATE).toKey();

    private static final byte LAYOUT = 1;
    private static final long MILLIS = 1_000;

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .number(requests)
                .number(rekeyed)
                .number(horizon)
                .number(purged)
                .number(gapUntil)
                .toBytes();
    }

    static LogState decode(byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        return new LogState(in.number(), in.number(), in.number(), in.number(), in.number());
    }

    /**
     * Where a task goes on.
     *
     * @param stored what was last written; null where there never was a log
     * @param progress how far the sources are, of the same commit
     * @param earlyMillis how much later than it was appended an event may have occurred
     */
    static LogState at(byte @Nullable [] stored, List<Progress> progress, long earlyMillis) {
        LogState before = stored == null ? new LogState(0, 0, 0, 0, 0) : decode(stored);
        long requests = counted(progress, Source.REQUESTS);
        long rekeyed = counted(progress, Source.REKEY);
        if (before.requests == requests && before.rekeyed == rekeyed) {
            return before;
        }
        long latest = progress.stream()
                .filter(one -> one.source() != Source.USAGE)
                .mapToLong(Progress::appendedAt)
                .max()
                .orElse(0);
        long until = Math.floorDiv(latest + earlyMillis, MILLIS) + 1;
        return new LogState(requests, rekeyed, before.horizon, before.purged, Math.max(before.gapUntil, until));
    }

    private static long counted(List<Progress> progress, Source source) {
        return progress.stream()
                .filter(one -> one.source() == source)
                .mapToLong(one -> one.count(Fate.COUNTED))
                .sum();
    }
}
