package io.tidemark.streams.dedupe;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The slices that change no more, the oldest first. Tables of the newest are in memory, as many as may be; of the others, one bucket is read
 * for each question: as exact, only slower.
 */
final class SealedSlices {
    /** How many records are deleted at once: those of a full slice, 16,385 or more, in some seconds. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final FillingBlock NONE = new FillingBlock();

    private final KeyValueStore<Bytes, byte[]> store;
    private final Forgotten forgotten;
    private final List<Slice> slices = new ArrayList<>();
    private @Nullable Slice dying;
    private int deleted;

    SealedSlices(KeyValueStore<Bytes, byte[]> store, Forgotten forgotten) {
        this.store = store;
        this.forgotten = forgotten;
        int first = forgotten.firstSlice();
        dying = read(first - 1);
        deleted = forgotten.deleted();
        for (Slice next = read(first); next != null; next = read(next.number + 1)) {
            slices.add(next);
        }
    }

    private @Nullable Slice read(int number) {
        byte[] stored = store.get(BlockKeys.seal(number));
        return stored == null ? null : Slice.decode(number, stored);
    }

    /** The number of the slice after them. */
    int next() {
        return forgotten.firstSlice() + slices.size();
    }

    /** When the last of all that are sealed arrived. */
    long newest(long otherwise) {
        return slices.stream().mapToLong(Slice::newest).max().orElse(otherwise);
    }

    void add(Slice slice) {
        slices.add(slice);
    }

    /** The first sight of an id in one of the slices in which something arrived between those times, or null. */
    @Nullable
    FirstSight find(Id id, long from, long to) {
        for (int i = slices.size() - 1; i >= 0; i--) {
            Slice slice = slices.get(i);
            if (slice.overlaps(from, to)) {
                FirstSight sight = slice.find(id, bucket(slice, id), store, NONE);
                if (sight != null) {
                    return sight;
                }
            }
        }
        return null;
    }

    /** Tables of sealed slices do not change: those that are in memory are handed on as they are. */
    void leadTo(Id id, Trail trail) {
        for (int i = slices.size() - 1; i >= 0; i--) {
            Slice slice = slices.get(i);
            IdTable table = slice.table();
            trail.add(slice, table == null ? null : table.bucket(id));
        }
    }

    private int[] bucket(Slice slice, Id id) {
        IdTable table = slice.table();
        return table != null
                ? table.bucket(id)
                : IdTable.decode(slice.stored(
                        store, BlockKeys.bucket(slice.number, IdTable.bucketOf(id.high(), slice.buckets()))));
    }

    /**
     * Holds in memory the tables of the newest slices that fit, and no other.
     *
     * @param room in bytes
     * @param arrivedFrom nobody asks for what arrived before
     * @param most how many are read at once
     * @return how many bytes are held
     */
    long hold(long room, long arrivedFrom, int most) {
        long wanted = 0;
        long held = 0;
        int read = 0;
        for (int i = slices.size() - 1; i >= 0; i--) {
            Slice slice = slices.get(i);
            wanted += slice.bytes();
            if (wanted > room || slice.newest() < arrivedFrom) {
                slice.table(null);
            } else if (slice.table() == null && read < most) {
                slice.table(tableOf(slice));
                read++;
            }
            held += slice.table() == null ? 0 : slice.bytes();
        }
        return held;
    }

    private IdTable tableOf(Slice slice) {
        int[][] buckets = new int[slice.buckets()][];
        try (KeyValueIterator<Bytes, byte[]> stored =
                store.range(BlockKeys.bucket(slice.number, 0), BlockKeys.bucket(slice.number, buckets.length - 1))) {
            for (int bucket = 0; bucket < buckets.length; bucket++) {
                buckets[bucket] = IdTable.decode(stored.next().value);
            }
        }
        return new IdTable(buckets);
    }

    /** Forgets some of the oldest slices: those of which all arrived before that. */
    void forgetSome(long arrivedBefore) {
        int left = MOST_AT_ONCE;
        while (left > 0 && isOneDying(arrivedBefore)) {
            left -= delete(left);
        }
    }

    private boolean isOneDying(long arrivedBefore) {
        if (dying == null && !slices.isEmpty() && slices.get(0).newest() < arrivedBefore) {
            dying = slices.remove(0);
            deleted = 0;
        }
        return dying != null;
    }

    private int delete(int most) {
        Slice slice = Objects.requireNonNull(dying);
        int from = deleted;
        int upTo = Math.min(from + most, slice.records());
        while (deleted < upTo) {
            store.put(slice.key(deleted++), null);
        }
        forgotten.slicesBefore(slice.number + 1, deleted);
        dying = deleted == slice.records() ? null : slice;
        return upTo - from;
    }
}
