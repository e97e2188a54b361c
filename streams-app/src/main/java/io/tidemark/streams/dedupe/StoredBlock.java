package io.tidemark.streams.dedupe;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.hot.BytesIn;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FillingBlock} wrote. */
final class StoredBlock {
    private final BytesIn in;
    private final long oldest;
    private final long newest;

    StoredBlock(byte[] stored) {
        in = new BytesIn(stored).version(FillingBlock.LAYOUT);
        oldest = in.number();
        newest = oldest + in.number();
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }

    @Nullable
    FirstSight find(Id id) {
        return find(in, id);
    }

    boolean addTo(IdTable table, int block) {
        return addTo(in, table, block);
    }

    static @Nullable FirstSight find(BytesIn entries, Id id) {
        var lanes = new Lanes();
        while (!entries.atEnd()) {
            boolean same = entries.int64() == id.high();
            same &= entries.int64() == id.low();
            int contentHash = entries.int32();
            Coordinates at = lanes.read(entries);
            if (same) {
                return new FirstSight(contentHash, at);
            }
        }
        return null;
    }

    /** Adds every id; whether the table had room for all. */
    static boolean addTo(BytesIn entries, IdTable table, int block) {
        var lanes = new Lanes();
        while (!entries.atEnd()) {
            if (!table.add(entries.int64(), entries.int64(), block)) {
                return false;
            }
            entries.int32();
            lanes.read(entries);
        }
        return true;
    }
}
