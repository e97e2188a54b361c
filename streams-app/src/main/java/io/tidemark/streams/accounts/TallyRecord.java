package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;

/**
 * The stored form of what became of a source partition's records of one hour.
 *
 * <p>Key: {@code [0x0B][hour, int32][topic id, 16 bytes][partition, int32]}, the hour being that of the append time, since 1970-01-01T00:00Z.
 * Value: layout 1, then the offset behind which tallies began when it was written, the turn of progress that it was changed last in, records
 * read, number of fates (none where nothing was read), and the count of each in the order of {@link Fate}.
 *
 * @param begun what is not of the same beginning as progress was left by a build before the last one that kept none, and is nothing
 */
record TallyRecord(long begun, long turn, Counts counts) {
    private static final byte LAYOUT = 1;
    private static final List<Fate> FATES = List.of(Fate.values());

    static Bytes key(int hour, Uuid topicId, int partition) {
        return new BytesOut()
                .raw(HotStore.TALLY)
                .int32(hour)
                .int64(topicId.getMostSignificantBits())
                .int64(topicId.getLeastSignificantBits())
                .int32(partition)
                .toKey();
    }

    /** Before the keys of that hour, and behind those of the one before. */
    static Bytes before(int hour) {
        return new BytesOut().raw(HotStore.TALLY).int32(hour).toKey();
    }

    /** Whose a key is. */
    static Key keyOf(byte[] key) {
        var in = new BytesIn(key, 1);
        return new Key(in.int32(), new Uuid(in.int64(), in.int64()), in.int32());
    }

    record Key(int hour, Uuid topicId, int partition) {}

    /** @param out is begun anew */
    byte[] encode(BytesOut out) {
        out.clear().raw(LAYOUT).number(begun).number(turn);
        write(counts, out);
        return out.toBytes();
    }

    static TallyRecord decode(byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        return new TallyRecord(in.number(), in.number(), read(in));
    }

    static void write(Counts counts, BytesOut out) {
        out.number(counts.read());
        boolean none = counts.read() == 0 && FATES.stream().allMatch(fate -> counts.count(fate) == 0);
        out.number(none ? 0 : FATES.size());
        if (!none) {
            FATES.forEach(fate -> out.number(counts.count(fate)));
        }
    }

    static Counts read(BytesIn in) {
        return Counts.of(in.number(), ProgressRecord.fates(in));
    }
}
