package io.tidemark.streams.hot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A range of a store in memory: its entries as they were read once, and what was written since. Read without a lock; all that changes it is done under
 * that of {@link KeptRanges}.
 */
final class KeptRange {
    /** What a key and its value take of the heap beside their bytes, roughly. */
    static final int BESIDE_BYTES = 48;

    /** The same of a range with nothing in it. */
    static final int ITSELF_BYTES = 500;

    private static final byte[] DELETED = {};
    private static final int BESIDE_WRITTEN = 100;
    private static final int LEAST_MERGED = 64;

    private final HotReads.Range range;
    private final long stay;
    /** Written while the entries were still being read; nothing later. */
    private ConcurrentSkipListMap<Bytes, byte[]> early = new ConcurrentSkipListMap<>();

    private volatile @Nullable View view;
    private final AtomicInteger written = new AtomicInteger();
    private volatile long usedAt;
    private long bytes = ITSELF_BYTES;

    /** What was read, and what was written since, which goes first. */
    private static final class View {
        private final byte[][] keys;
        private final byte[][] values;
        private final ConcurrentSkipListMap<Bytes, byte[]> written;

        View(byte[][] keys, byte[][] values, ConcurrentSkipListMap<Bytes, byte[]> written) {
            this.keys = keys;
            this.values = values;
            this.written = written;
        }
    }

    KeptRange(HotReads.Range range, long stay, long now) {
        this.range = range;
        this.stay = stay;
        usedAt = now;
    }

    boolean is(HotReads.Range other, long otherStay) {
        return stay == otherStay && range.equals(other);
    }

    boolean isOf(long otherStay) {
        return stay == otherStay;
    }

    void used(long now) {
        usedAt = now;
    }

    boolean isUnusedSince(long then) {
        return usedAt - then < 0;
    }

    /** What it takes of the heap, roughly. */
    long bytes() {
        return bytes;
    }

    /** Whether its entries were read. */
    boolean isWhole() {
        return view != null;
    }

    /** The entries as they were read, ascending. */
    void read(byte[][] keys, byte[][] values, long itsBytes) {
        bytes += itsBytes;
        view = new View(keys, values, early);
        early = new ConcurrentSkipListMap<>();
    }

    /**
     * Something was written, or deleted where the value is null.
     *
     * @return how many bytes more it takes, which may be fewer than none
     */
    long wrote(Bytes key, byte @Nullable [] value) {
        if (key.compareTo(range.from()) < 0 || key.compareTo(range.to()) > 0) {
            return 0;
        }
        View now = view;
        byte[] after = value == null ? DELETED : value;
        byte[] before = (now == null ? early : now.written).put(key, after);
        int more = after.length;
        if (before == null) {
            more += key.get().length + BESIDE_WRITTEN;
            written.incrementAndGet();
        } else {
            more -= before.length;
        }
        bytes += more;
        return more;
    }

    /** Whether so much was written that reading it has become dear. */
    boolean isToBeMerged() {
        View now = view;
        return now != null && written.get() > LEAST_MERGED + now.keys.length / 4;
    }

    /**
     * Makes one of what was read and what was written.
     *
     * @return how many bytes more it takes
     */
    long merge() {
        View now = view;
        if (now == null) {
            return 0;
        }
        var keys = new byte[now.keys.length + now.written.size()][];
        var values = new byte[keys.length][];
        long before = bytes;
        int size = 0;
        bytes = ITSELF_BYTES;
        for (var all = new Merged(now); all.next(); size++) {
            keys[size] = all.key();
            values[size] = all.value();
            bytes += keys[size].length + values[size].length + BESIDE_BYTES;
        }
        view = new View(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), new ConcurrentSkipListMap<>());
        written.set(0);
        return bytes - before;
    }

    /** Its entries as they are now, and no later: what is opened after it is no older. Only where {@link #isWhole}. */
    Entries entries() {
        View now = view;
        if (now == null) {
            throw new IllegalStateException("not read yet");
        }
        return new Merged(now);
    }

    private static final class Merged implements Entries {
        private final byte[][] keys;
        private final byte[][] values;
        private final Iterator<Map.Entry<Bytes, byte[]>> written;
        private int at;
        private Map.@Nullable Entry<Bytes, byte[]> head;
        private byte[] key = DELETED;
        private byte[] value = DELETED;

        Merged(View view) {
            keys = view.keys;
            values = view.values;
            written = new ArrayList<>(view.written.entrySet()).iterator();
            step();
        }

        private void step() {
            head = written.hasNext() ? written.next() : null;
        }

        @Override
        public boolean next() {
            while (head != null) {
                int order = at == keys.length
                        ? 1
                        : Arrays.compareUnsigned(keys[at], head.getKey().get());
                if (order < 0) {
                    break;
                }
                if (order == 0) {
                    at++;
                }
                key = head.getKey().get();
                value = head.getValue();
                step();
                if (value != DELETED) {
                    return true;
                }
            }
            if (at == keys.length) {
                return false;
            }
            key = keys[at];
            value = values[at++];
            return true;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public byte[] value() {
            return value;
        }
    }
}
