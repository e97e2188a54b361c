package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Earlier;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;

/**
 * The stored form of a source partition's progress.
 *
 * <p>Key: {@code [0x00][topic id, 16 bytes][partition, int32]}. Value: layout 1, then last offset handled, largest append
 * time handled (UTC milliseconds), records read, the first parked offset and its append time, number of fates, and the count of each in the order of
 * {@link Fate}.
 *
 * <p>Behind that, where builds that keep no tallies of hours do not look and write nothing: turn, then of {@link Earlier} its offset, append time and
 * hour, records read, number of fates (none where nothing was read) and the count of each. So where it is missing, tallies begin anew.
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
        Earlier earlier = progress.earlier();
        out.number(progress.turn())
                .number(earlier.offset())
                .number(earlier.appendedAt())
                .number(earlier.hour());
        TallyRecord.write(earlier.counts(), out);
        return out.toBytes();
    }

    static Progress decode(Source source, int partition, byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        long offset = in.number();
        long appendedAt = in.number();
        long read = in.number();
        long firstParked = in.number();
        long parkedSince = in.number();
        Counts counts = Counts.of(read, fates(in));
        if (in.atEnd()) {
            return Progress.untallied(source, partition, offset, appendedAt, counts, firstParked, parkedSince);
        }
        long turn = in.number();
        var earlier = new Earlier(in.number(), in.number(), (int) in.number(), TallyRecord.read(in));
        return new Progress(source, partition, offset, appendedAt, counts, firstParked, parkedSince, earlier, turn);
    }

    /** How many records were counted, whatever source it is of. */
    static long counted(byte[] value) {
        return decode(Source.REQUESTS, 0, value).count(Fate.COUNTED);
    }

    /** The counts of as many fates as were written. */
    static long[] fates(BytesIn in) {
        long left = in.number();
        if (left > FATES.size()) {
            // Written back without those we do not know, its counts would not add up any more.
            throw new IllegalStateException("stored progress has " + left + " fates; this build knows " + FATES.size()
                    + ": a newer build wrote it, and must be started again");
        }
        long[] fates = new long[(int) left];
        for (int i = 0; i < fates.length; i++) {
            fates[i] = in.number();
        }
        return fates;
    }
}
