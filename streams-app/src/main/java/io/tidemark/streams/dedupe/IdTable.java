package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;

/**
 * Says which blocks of a slice may hold an id: 14 bits of it beside the block's number, an int each, in buckets of 1,024 that are probed one
 * after the other from a place that the id says. Who is not there is certainly not in the slice; of those who are not, one in some two
 * thousand seems to be, and is looked for in vain.
 *
 * <p>A bucket is 4 KB and one record: a table that has no room in memory is asked in the store, with one point get. An int is never zero where
 * there is something, as block numbers begin at one here.
 */
final class IdTable {
    /** How many blocks can be told apart. */
    static final int MOST_BLOCKS = (1 << 18) - 1;

    /** What a bucket holds on average when the table is full; more than 1,023 would be nine standard deviations. */
    static final int IDS_IN_BUCKET = 768;

    static final long BUCKET_BYTES = 4L * 1_024 + 16;

    private static final int SLOTS = 1_024;
    private static final int BLOCK_BITS = 18;
    private static final int FINGERPRINTS = (1 << (Integer.SIZE - BLOCK_BITS)) - 1;
    private static final byte LAYOUT = 1;

    /** A bucket without anything in it. */
    static final int[] EMPTY = new int[SLOTS];

    private final int[][] buckets;
    private final int[] used;
    private int ids;

    IdTable(int size) {
        this(new int[size][SLOTS]);
    }

    IdTable(int[][] buckets) {
        this.buckets = buckets;
        used = new int[buckets.length];
    }

    /** How many buckets hold that many ids. */
    static int bucketsFor(int ids) {
        return Math.max(1, (ids + IDS_IN_BUCKET - 1) / IDS_IN_BUCKET);
    }

    int ids() {
        return ids;
    }

    /** How many buckets it has. */
    int size() {
        return buckets.length;
    }

    /** Whether there was room for it. */
    boolean add(long high, long low, int block) {
        int number = bucketOf(high, buckets.length);
        if (ids == buckets.length * IDS_IN_BUCKET || used[number] == SLOTS - 1) {
            return false;
        }
        int[] bucket = buckets[number];
        int at = home(low);
        while (bucket[at] != 0) {
            at = after(at);
        }
        bucket[at] = (fingerprint(low) << BLOCK_BITS) | (block + 1);
        used[number]++;
        ids++;
        return true;
    }

    int[] bucket(Id id) {
        return buckets[bucketOf(id.high(), buckets.length)];
    }

    static int bucketOf(long high, int buckets) {
        return (int) (((high >>> 32) * buckets) >>> 32);
    }

    /**
     * The place of an entry that may be the id's, or -1 where there is none.
     *
     * @param from where to begin: {@link #home} at first, {@link #after} the last place found later
     */
    static int seek(int[] bucket, Id id, int from) {
        int wanted = fingerprint(id.low());
        int at = from;
        while (bucket[at] != 0) {
            if (bucket[at] >>> BLOCK_BITS == wanted) {
                return at;
            }
            at = after(at);
        }
        return -1;
    }

    static int block(int entry) {
        return (entry & MOST_BLOCKS) - 1;
    }

    static int home(long low) {
        return (int) low & (SLOTS - 1);
    }

    static int after(int at) {
        return (at + 1) & (SLOTS - 1);
    }

    private static int fingerprint(long low) {
        return (int) (low >>> 16) & FINGERPRINTS;
    }

    /** A bucket as a record: layout 1, and its ints. */
    byte[] encode(int number) {
        var out = new BytesOut().raw(LAYOUT);
        for (int entry : buckets[number]) {
            out.int32(entry);
        }
        return out.toBytes();
    }

    static int[] decode(byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        int[] bucket = new int[SLOTS];
        for (int at = 0; at < SLOTS; at++) {
            bucket[at] = in.int32();
        }
        return bucket;
    }
}
