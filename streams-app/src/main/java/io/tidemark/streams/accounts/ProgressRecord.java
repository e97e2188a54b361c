package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.EnumMap;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;

/**
 * The stored form of a source partition's progress.
 *
 * <p>Key: {@code [0x00][topic id, 16 bytes][partition, int32]}. Value: layout 1, then last offset handled, largest append
 * time handled (UTC milliseconds), records read, the first parked offset and its append time, number of fates, and the count of each in the order of
 * {@link Fate}.
 */
final class ProgressRecord {
    private static final byte LAYOUT = 1;
    private static final List<Fate> FATES = List.of(Fate.values());

    private ProgressRecord() {}

    static Bytes key(Uuid topicId, int partition) {
        return new BytesOut()
                .raw(HotStore.PROGRESS)
                .int64(topicId.getMostSignificantBits())
                .int64(topicId.getLeastSignificantBits())
                .int32(partition)
                .toKey();
    }

    /** @param out is begun anew */
    static byte[] encode(Progress progress, BytesOut out) {
        out.clear()
                .raw(LAYOUT)
                .number(progress.offset())
                .number(progress.appendedAt())
                .number(progress.read())
                .number(progress.firstParked())
                .number(progress.parkedSince())
                .number(FATES.size());
        for (Fate fate : FATES) {
            out.number(progress.count(fate));
        }
        return out.toBytes();
    }

    static Progress decode(Source source, int partition, byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        long offset = in.number();
        long appendedAt = in.number();
        long read = in.number();
        long firstParked = in.number();
        long parkedSince = in.number();
        var fates = new EnumMap<Fate, Long>(Fate.class);
        long left = in.number();
        if (left > Fate.values().length) {
            // Written back without those we do not know, its counts would not add up any more.
            throw new IllegalStateException("stored progress has " + left + " fates; this build knows "
                    + Fate.values().length + ": a newer build wrote it, and must be started again");
        }
        for (Fate fate : Fate.values()) {
            fates.put(fate, left-- > 0 ? in.number() : 0L);
        }
        return new Progress(source, partition, offset, appendedAt, read, fates, firstParked, parkedSince);
    }
}
