package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One page: the sums of each of its slots. A slot that was added to once stays present, also when it sums to zero, so an
 * empty slot of a coarser page proves that no finer page exists.
 *
 * <p>Stored as layout 1, the number of amounts in a slot, a bitmap of the present slots (slot i is bit i % 8 of byte i /
 * 8), then the amounts of each present slot, ascending. Amounts are added at the end: a page of fewer reads as zeros in
 * the rest.
 */
final class Page {
    private static final byte LAYOUT = 1;

    private final @Nullable Amounts[] slots;
    private int amounts;

    /** An empty page. */
    Page(Granularity granularity, int amounts) {
        this.slots = new Amounts[granularity.slots()];
        this.amounts = amounts;
    }

    void add(int slot, Amounts reading) {
        Amounts sums = slots[slot];
        if (sums == null) {
            amounts = Math.max(amounts, reading.size());
            sums = new Amounts(amounts);
            slots[slot] = sums;
        }
        sums.add(reading);
    }

    byte[] encode() {
        var out = new BytesOut().raw(LAYOUT).raw((byte) amounts).raw(bitmap());
        for (Amounts sums : slots) {
            if (sums != null) {
                encode(sums, out);
            }
        }
        return out.toBytes();
    }

    private void encode(Amounts sums, BytesOut out) {
        for (int i = 0; i < amounts; i++) {
            if (i >= sums.size()) {
                out.number(0);
            } else if (sums.isSmall(i)) {
                out.number(sums.small(i));
            } else {
                out.number(sums.get(i));
            }
        }
    }

    private byte[] bitmap() {
        byte[] bits = new byte[bytesOfBitmap(slots.length)];
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != null) {
                bits[slot >> 3] |= (byte) (1 << (slot & 7));
            }
        }
        return bits;
    }

    static Page decode(Granularity granularity, int amounts, byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        int written = in.raw();
        var page = new Page(granularity, Math.max(amounts, written));
        byte[] bitmap = in.raw(bytesOfBitmap(granularity.slots()));
        for (int slot = 0; slot < granularity.slots(); slot++) {
            if (isSet(bitmap, slot)) {
                var sums = new Amounts(page.amounts);
                read(in, written, sums);
                page.slots[slot] = sums;
            }
        }
        return page;
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
                    read(in, written, into);
                    any = true;
                }
            }
        }
        return any;
    }

    /** The slots of a stored page that were added to. */
    static BitSet present(byte[] stored, Granularity granularity) {
        var in = new BytesIn(stored).version(LAYOUT);
        in.raw();
        return BitSet.valueOf(in.raw(bytesOfBitmap(granularity.slots())));
    }

    private static void read(BytesIn in, int written, Amounts into) {
        for (int i = 0; i < written; i++) {
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
