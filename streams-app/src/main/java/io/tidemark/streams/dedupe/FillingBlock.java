package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the commit under way that are in no record yet: written when it is full, and before the commit ends.
 *
 * <p>Stored as layout 1, the arrivals of the first and of the last to arrive, and for each id: 16 bytes, content hash (int32), coordinates
 * ({@link Lanes}). 256 ids are some 6 KB: far below what a record may be, and read in a moment where a fingerprint says that an id may be among them.
 */
final class FillingBlock {
    static final byte LAYOUT = 1;

    private final Lanes lanes = new Lanes();
    private final BytesOut entries = new BytesOut();
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    private int ids;

    void add(Id id, FirstSight sight, long arrivedAt) {
        entries.int64(id.high()).int64(id.low()).int32(sight.contentHash());
        lanes.write(sight.at(), entries);
        oldest = Math.min(oldest, arrivedAt);
        newest = Math.max(newest, arrivedAt);
        ids++;
    }

    int ids() {
        return ids;
    }

    @Nullable
    FirstSight find(Id id) {
        return StoredBlock.find(new BytesIn(entries.toBytes()), id);
    }

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .number(oldest)
                .number(newest - oldest)
                .raw(entries.toBytes())
                .toBytes();
    }

    /** What is to be in a table again. */
    boolean addTo(IdTable table, int block) {
        return StoredBlock.addTo(new BytesIn(entries.toBytes()), table, block);
    }
}
