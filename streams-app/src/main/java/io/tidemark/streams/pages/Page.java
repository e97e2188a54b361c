package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One page: the sums of each of its slots. A slot that was added to once stays present, also when it sums to zero, so an
 * empty slot of a coarser page proves that no finer page exists.
 *
 * <p>Stored as layout 1, the number of amounts in a slot, a bitmap of the present slots (slot i is bit i % 8 of byte i /
 * 8), then the amounts of each present slot, ascending, and {@link Arrivals}. Amounts are added at the end: a page of fewer reads as zeros in
 * the rest.
 *
 * <p>In memory the amounts stand as they are stored, those of the present slots one behind the other: no object for a slot.
 */
class Page {
    private static final byte LAYOUT = 1;
    private static final int AMOUNTS_AT = 1;
    private static final int WORD = Long.SIZE;

    private final int slots;
    private final int amounts;
    private long low;
    private long high;
    private Amounts sums;
    // As in Arrivals, without an object of its own.
    private long newest;
    private long late;
    private long corrected;

    /** An empty page. */
    Page(Granularity granularity, int amounts) {
        this(granularity, amounts, null);
    }

    /**
     * A stored page, or an empty one where nothing is stored.
     *
     * @param amounts of a slot; more, where more are stored
     */
    Page(Granularity granularity, int amounts, byte @Nullable [] stored) {
        slots = granularity.slots();
        this.amounts = stored == null ? amounts : Math.max(amounts, stored[AMOUNTS_AT]);
        sums = new Amounts(0);
        if (stored != null) {
            read(stored);
        }
    }

    /** @param reading of no more amounts than the page has */
    void add(int slot, Amounts reading) {
        if (reading.size() > amounts) {
            throw new IllegalArgumentException(reading.size() + " amounts to a page of " + amounts);
        }
        int at = rank(slot) * amounts;
        if (!isPresent(slot)) {
            mark(slot);
            sums = sums.withZeros(at, amounts);
        }
        sums.add(at, reading);
    }

    /** Notes of an event that was added what its amounts do not say. */
    void came(Arrival arrival) {
        newest = Math.max(newest, arrival.appendedAt());
        if (late != Arrivals.UNKNOWN) {
            late += arrival.late() ? 1 : 0;
            corrected += arrival.corrects() ? 1 : 0;
        }
    }

    boolean isPresent(int slot) {
        return (slot < WORD ? low >>> slot & 1 : high >>> (slot - WORD) & 1) != 0;
    }

    /** Whether any of the slots {@code [from, to)} is present. */
    boolean isAnyPresent(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            if (isPresent(slot)) {
                return true;
            }
        }
        return false;
    }

    private void mark(int slot) {
        if (slot < WORD) {
            low |= 1L << slot;
        } else {
            high |= 1L << (slot - WORD);
        }
    }

    /** How many slots before this one are present. */
    private int rank(int slot) {
        return slot < WORD
                ? Long.bitCount(low & ((1L << slot) - 1))
                : Long.bitCount(low) + Long.bitCount(high & ((1L << (slot - WORD)) - 1));
    }

    /** The sums of a slot that is present. */
    List<BigInteger> amounts(int slot) {
        int at = rank(slot) * amounts;
        return IntStream.range(at, at + amounts).mapToObj(sums::get).toList();
    }

    /** Adds every slot to {@code into}; says whether any is present. */
    boolean sum(Amounts into) {
        for (int at = 0; at < sums.size(); at += amounts) {
            sums.addTo(into, at, amounts);
        }
        return sums.size() > 0;
    }

    /** How much of the heap it takes, roughly. */
    int heapBytes() {
        return 120 + sums.size() * Long.BYTES;
    }

    byte[] encode() {
        return encode(new BytesOut());
    }

    /** @param out is begun anew */
    byte[] encode(BytesOut out) {
        out.clear().raw(LAYOUT).raw((byte) amounts);
        for (int first = 0; first < slots; first += Byte.SIZE) {
            out.raw((byte) (first < WORD ? low >>> first : high >>> (first - WORD)));
        }
        for (int i = 0; i < sums.size(); i++) {
            if (sums.isSmall(i)) {
                out.number(sums.small(i));
            } else {
                out.number(sums.get(i));
            }
        }
        if (newest > 0) {
            Arrivals.write(newest, late, corrected, out);
        }
        return out.toBytes();
    }

    private void read(byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        int written = in.raw();
        for (int first = 0; first < slots; first += Byte.SIZE) {
            long bits = in.raw() & 0xffL;
            if (first < WORD) {
                low |= bits << first;
            } else {
                high |= bits << (first - WORD);
            }
        }
        sums = new Amounts((Long.bitCount(low) + Long.bitCount(high)) * amounts);
        for (int at = 0; at < sums.size(); at += amounts) {
            read(in, written, sums, at);
        }
        readArrivals(in);
    }

    /** What {@link Arrivals#write} wrote, or nothing. */
    private void readArrivals(BytesIn in) {
        if (in.atEnd()) {
            late = Arrivals.UNKNOWN;
            corrected = Arrivals.UNKNOWN;
        } else {
            int counts = in.raw();
            newest = in.int32() & 0xffff_ffffL;
            late = counts > 0 ? in.number() : 0;
            corrected = counts > 1 ? in.number() : 0;
        }
    }

    /** Adds the slots {@code [from, to)} of a stored page to {@code into}; says whether any of them is present. */
    static boolean sum(byte[] stored, Granularity granularity, int from, int to, Amounts into) {
        var in = new BytesIn(stored).version(LAYOUT);
        int written = in.raw();
        byte[] bitmap = in.raw(bytesOfBitmap(granularity.slots()));
        boolean any = false;
        for (int slot = 0; slot < to; slot++) {
            if (isSet(bitmap, slot)) {
                if (slot < from) {
                    in.skipNumbers(written);
                } else {
                    read(in, written, into, 0);
                    any = true;
                }
            }
        }
        return any;
    }

    /**
     * Adds each present slot of a stored page to what {@code into} says of it, ascending; to nothing where that is null.
     */
    static void slots(byte[] stored, Granularity granularity, IntFunction<@Nullable Amounts> into) {
        var in = new BytesIn(stored).version(LAYOUT);
        int written = in.raw();
        byte[] bitmap = in.raw(bytesOfBitmap(granularity.slots()));
        for (int slot = 0; slot < granularity.slots(); slot++) {
            if (isSet(bitmap, slot)) {
                Amounts sums = into.apply(slot);
                if (sums == null) {
                    in.skipNumbers(written);
                } else {
                    read(in, written, sums, 0);
                }
            }
        }
    }

    /** The slots of a stored page that were added to. */
    static BitSet present(byte[] stored, Granularity granularity) {
        var in = new BytesIn(stored).version(LAYOUT);
        in.raw();
        return BitSet.valueOf(in.raw(bytesOfBitmap(granularity.slots())));
    }

    /** What a stored page says of its events beside their sums. */
    static Arrivals arrivals(byte[] stored, Granularity granularity) {
        var page = new Page(granularity, 0, stored);
        return new Arrivals(page.newest, page.late, page.corrected);
    }

    /** How many events a stored page has: the first amount of every slot, whatever it is of. */
    static long count(byte[] stored, Granularity granularity) {
        var in = new BytesIn(stored).version(LAYOUT);
        int written = in.raw();
        int present = BitSet.valueOf(in.raw(bytesOfBitmap(granularity.slots()))).cardinality();
        long count = 0;
        for (int slot = 0; slot < present; slot++) {
            count = Math.addExact(count, in.number());
            in.skipNumbers(written - 1);
        }
        return count;
    }

    private static void read(BytesIn in, int written, Amounts into, int at) {
        for (int i = at; i < at + written; i++) {
            if (in.isSmall()) {
                into.add(i, in.number());
            } else {
                into.add(i, in.bigNumber());
            }
        }
    }

    private static boolean isSet(byte[] bitmap, int slot) {
        return (bitmap[slot >> 3] & 1 << (slot & 7)) != 0;
    }

    private static int bytesOfBitmap(int slots) {
        return (slots + 7) / 8;
    }
}
