package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One page: the sums of each of its slots. A slot that was added to once stays present, also when it sums to zero, so an
 * empty slot of a coarser page proves that no finer page exists. Nor does one for a slot of which all fell into <i>one minute</i>: that minute is noted
 * with it, until a second one comes.
 *
 * <p>Stored as layout 1, the number of amounts in a slot, a bitmap of the present slots (slot i is bit i % 8 of byte i /
 * 8), then the amounts of each present slot, ascending, and {@link Arrivals}. Amounts are added at the end: a page of fewer reads as zeros in
 * the rest. Layout 2, where any slot is of one minute, has a code for each present slot before the amounts: two bytes in a month page, the higher first, one in a
 * day page; all ones where it is of more ({@link OneMinuteCode}).
 *
 * <p>In memory the amounts stand as they are stored, those of the present slots one behind the other: no object for a slot.
 */
class Page {
    private static final byte LAYOUT = 1;
    private static final byte WITH_MINUTES = 2;
    private static final int AMOUNTS_AT = 1;
    private static final int BITMAP_AT = 2;
    private static final int WORD = Long.SIZE;
    /** What a {@link SlotTaker} is told of a slot that is of more than one minute. */
    static final int HAS_FINER = -1;

    private static final int CODES_HEAP_BYTES = 20;

    private final Granularity granularity;
    private final int amounts;
    private long low;
    private long high;
    private Amounts sums;
    /** Of each present slot; null where all are of more than one minute, as in a page of an hour, whose slots have none finer. */
    private char @Nullable [] codes;
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
        this.granularity = granularity;
        this.amounts = stored == null ? amounts : Math.max(amounts, stored[AMOUNTS_AT]);
        sums = new Amounts(0);
        if (stored != null) {
            read(stored);
        }
    }

    Granularity granularity() {
        return granularity;
    }

    /** Takes over what stood in a slot above it, where it has nothing. */
    void take(Below.OneMinute first) {
        int slot = granularity.slot(first.minute());
        if (isPresent(slot)) {
            throw new IllegalStateException("a page has what only the one above it had");
        }
        mustHaveRoomFor(first.sums());
        Arrivals arrivals = first.arrivals();
        int rank = rank(slot);
        long count = first.sums().get(0).longValueExact();
        begin(slot, rank, OneMinuteCode.of(offset(first.minute()), arrivals.late(), arrivals.corrected(), count));
        sums.add(rank * amounts, first.sums());
        newest = Math.max(newest, arrivals.newest());
        late = sum(late, arrivals.late());
        corrected = sum(corrected, arrivals.corrected());
    }

    private void mustHaveRoomFor(Amounts some) {
        if (some.size() > amounts) {
            throw new IllegalArgumentException(some.size() + " amounts to a page of " + amounts);
        }
    }

    private static long sum(long known, long more) {
        return known == Arrivals.UNKNOWN || more == Arrivals.UNKNOWN ? Arrivals.UNKNOWN : known + more;
    }

    private void begin(int slot, int rank, char code) {
        if (granularity != Granularity.HOUR) {
            insert(rank, code);
        }
        mark(slot);
        sums = sums.withZeros(rank * amounts, amounts);
    }

    /**
     * Adds an event of a minute of the page.
     *
     * @param reading of no more amounts than the page has
     * @return what the next finer page has to be told
     */
    Below add(long minute, Amounts reading, Arrival arrival) {
        mustHaveRoomFor(reading);
        int slot = granularity.slot(minute);
        int rank = rank(slot);
        Below below = Below.NOTHING;
        if (!isPresent(slot)) {
            begin(slot, rank, OneMinuteCode.of(offset(minute), arrival));
        } else if (codes == null || codes[rank] == OneMinuteCode.MORE) {
            below = Below.MAY_BE;
        } else if (OneMinuteCode.minute(codes[rank]) == offset(minute)) {
            codes[rank] = OneMinuteCode.and(codes[rank], arrival);
        } else {
            boolean mayBe = isFinerPageOf(slot);
            below = Below.first(oneMinute(minute - offset(minute), rank, codes[rank]), mayBe);
            codes[rank] = OneMinuteCode.MORE;
        }
        sums.add(rank * amounts, reading);
        came(arrival);
        return below;
    }

    /** Whether the page below a slot may be there already, for another one: an hour has four quarters. */
    private boolean isFinerPageOf(int slot) {
        int together = granularity.slotsOfAFinerPage();
        int first = slot / together * together;
        for (int other = first; other < first + together; other++) {
            if (isPresent(other) && onlyMinute(other).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** How many minutes after its slot began it is: no slot begins within another length of slots. */
    private int offset(long minute) {
        return (int) Math.floorMod(minute, (long) granularity.slotMinutes());
    }

    private void insert(int rank, char code) {
        int present = present();
        var more = new char[present + 1];
        if (codes == null) {
            Arrays.fill(more, OneMinuteCode.MORE);
        } else {
            System.arraycopy(codes, 0, more, 0, rank);
            System.arraycopy(codes, rank, more, rank + 1, present - rank);
        }
        more[rank] = code;
        codes = more;
    }

    private Below.OneMinute oneMinute(long slotStart, int rank, char code) {
        var its = new Amounts(amounts);
        sums.addTo(its, rank * amounts, amounts);
        long count = its.get(0).longValueExact();
        // Of a page of one slot the page says it exactly.
        Arrivals arrivals = present() == 1
                ? new Arrivals(newest, late, corrected)
                : new Arrivals(newest, OneMinuteCode.late(code, count), OneMinuteCode.corrected(code, count));
        return new Below.OneMinute(slotStart + OneMinuteCode.minute(code), its, arrivals);
    }

    /** Notes of an event what its amounts do not say. */
    private void came(Arrival arrival) {
        newest = Math.max(newest, arrival.appendedAt());
        late = sum(late, arrival.late() ? 1 : 0);
        corrected = sum(corrected, arrival.corrects() ? 1 : 0);
    }

    boolean isPresent(int slot) {
        return (slot < WORD ? low >>> slot & 1 : high >>> (slot - WORD) & 1) != 0;
    }

    private int present() {
        return Long.bitCount(low) + Long.bitCount(high);
    }

    /** Minutes since the beginning of a slot that is present, where all of it fell into that one and no finer page has it. */
    OptionalInt onlyMinute(int slot) {
        int rank = rank(slot);
        return codes == null || codes[rank] == OneMinuteCode.MORE
                ? OptionalInt.empty()
                : OptionalInt.of(OneMinuteCode.minute(codes[rank]));
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
        return 120 + sums.size() * Long.BYTES + (codes == null ? 0 : CODES_HEAP_BYTES + codes.length * Character.BYTES);
    }

    private boolean isAnyOfOneMinute() {
        if (codes != null) {
            for (char code : codes) {
                if (code != OneMinuteCode.MORE) {
                    return true;
                }
            }
        }
        return false;
    }

    byte[] encode() {
        return encode(new BytesOut());
    }

    /** @param out is begun anew */
    byte[] encode(BytesOut out) {
        boolean minutes = isAnyOfOneMinute();
        out.clear().raw(minutes ? WITH_MINUTES : LAYOUT).raw((byte) amounts);
        for (int first = 0; first < granularity.slots(); first += Byte.SIZE) {
            out.raw((byte) (first < WORD ? low >>> first : high >>> (first - WORD)));
        }
        if (minutes) {
            writeCodes(out);
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

    private void writeCodes(BytesOut out) {
        boolean wide = codeBytes(granularity) > 1;
        for (char code : Objects.requireNonNull(codes)) {
            if (wide) {
                out.raw((byte) (code >> Byte.SIZE));
            }
            out.raw((byte) code);
        }
    }

    private void read(byte[] stored) {
        var in = slotsOf(stored, granularity);
        int written = stored[AMOUNTS_AT];
        for (int slot = 0; slot < granularity.slots(); slot++) {
            if (isSet(stored, slot)) {
                mark(slot);
            }
        }
        if (hasMinutes(stored)) {
            codes = new char[present()];
            for (int rank = 0; rank < codes.length; rank++) {
                codes[rank] = code(stored, granularity, rank);
            }
        }
        sums = new Amounts(present() * amounts);
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

    /** Adds every slot of a stored page to {@code into}; says whether any is present. */
    static boolean sum(byte[] stored, Granularity granularity, Amounts into) {
        var in = slotsOf(stored, granularity);
        int written = stored[AMOUNTS_AT];
        int present = presentBefore(stored, granularity.slots());
        for (int slot = 0; slot < present; slot++) {
            read(in, written, into, 0);
        }
        return present > 0;
    }

    /**
     * Adds what of a stored page lies in {@code [from, to)}, in minutes since it begins, to {@code into}: slots that lie in it as a whole, and those of one minute
     * that does. Says whether there is anything.
     */
    static boolean sum(byte[] stored, Granularity granularity, int from, int to, Amounts into) {
        int length = granularity.slotMinutes();
        if (presentBefore(stored, from / length) == presentBefore(stored, (to - 1) / length + 1)) {
            // Most of what a short period meets.
            return false;
        }
        var in = slotsOf(stored, granularity);
        int written = stored[AMOUNTS_AT];
        boolean any = false;
        int rank = 0;
        for (int slot = 0; slot * length < to; slot++) {
            if (isSet(stored, slot)) {
                int begin = slot * length;
                if ((begin >= from && begin + length <= to)
                        || isOfOneMinuteIn(from, to, stored, granularity, begin, rank)) {
                    read(in, written, into, 0);
                    any = true;
                } else {
                    in.skipNumbers(written);
                }
                rank++;
            }
        }
        return any;
    }

    private static boolean isOfOneMinuteIn(
            int from, int to, byte[] stored, Granularity granularity, int begin, int rank) {
        if (!hasMinutes(stored) || begin + granularity.slotMinutes() <= from) {
            return false;
        }
        char code = code(stored, granularity, rank);
        int minute = begin + OneMinuteCode.minute(code);
        return code != OneMinuteCode.MORE && minute >= from && minute < to;
    }

    /** What to do with a slot of a stored page. */
    @FunctionalInterface
    interface SlotTaker {
        /**
         * What to add a slot to.
         *
         * @param minute the only one that anything of it fell into, since the slot began; {@link #HAS_FINER} where finer pages have it
         * @return null: to nothing
         */
        @Nullable
        Amounts of(int slot, int minute);
    }

    /** Gives the present slots of a stored page to {@code into}, ascending. */
    static void slots(byte[] stored, Granularity granularity, SlotTaker into) {
        var in = slotsOf(stored, granularity);
        int written = stored[AMOUNTS_AT];
        boolean minutes = hasMinutes(stored);
        int rank = 0;
        for (int slot = 0; slot < granularity.slots(); slot++) {
            if (isSet(stored, slot)) {
                char code = minutes ? code(stored, granularity, rank) : OneMinuteCode.MORE;
                Amounts sums = into.of(slot, code == OneMinuteCode.MORE ? HAS_FINER : OneMinuteCode.minute(code));
                if (sums == null) {
                    in.skipNumbers(written);
                } else {
                    read(in, written, sums, 0);
                }
                rank++;
            }
        }
    }

    /** The slots of a stored page that were added to. */
    static BitSet present(byte[] stored, Granularity granularity) {
        return BitSet.valueOf(Arrays.copyOfRange(stored, BITMAP_AT, codesAt(granularity)));
    }

    /** The slots of a stored page that finer pages have. */
    static BitSet withFiner(byte[] stored, Granularity granularity) {
        var finer = present(stored, granularity);
        finer.stream().filter(slot -> !hasFiner(stored, granularity, slot)).forEach(finer::clear);
        return finer;
    }

    /** Whether finer pages have a slot of a stored page. */
    static boolean hasFiner(byte[] stored, Granularity granularity, int slot) {
        return isSet(stored, slot)
                && (!hasMinutes(stored)
                        || code(stored, granularity, presentBefore(stored, slot)) == OneMinuteCode.MORE);
    }

    /** What a stored page says of its events beside their sums. */
    static Arrivals arrivals(byte[] stored, Granularity granularity) {
        var page = new Page(granularity, 0, stored);
        return new Arrivals(page.newest, page.late, page.corrected);
    }

    /** How many events a stored page has: the first amount of every slot, whatever it is of. */
    static long count(byte[] stored, Granularity granularity) {
        var in = slotsOf(stored, granularity);
        int written = stored[AMOUNTS_AT];
        int present = presentBefore(stored, granularity.slots());
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

    /** The amounts of the slots, from the first on. */
    private static BytesIn slotsOf(byte[] stored, Granularity granularity) {
        int at = codesAt(granularity);
        if (hasMinutes(stored)) {
            at += presentBefore(stored, granularity.slots()) * codeBytes(granularity);
        } else if (stored[0] != LAYOUT) {
            // Says which it is.
            new BytesIn(stored).version(LAYOUT);
        }
        return new BytesIn(stored, at);
    }

    private static boolean hasMinutes(byte[] stored) {
        return stored[0] == WITH_MINUTES;
    }

    private static int codesAt(Granularity granularity) {
        return BITMAP_AT + (granularity.slots() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static int codeBytes(Granularity granularity) {
        return granularity == Granularity.MONTH ? 2 : 1;
    }

    /** The code of a present slot before which there are that many. */
    private static char code(byte[] stored, Granularity granularity, int rank) {
        int at = codesAt(granularity) + rank * codeBytes(granularity);
        int first = stored[at] & 0xff;
        if (codeBytes(granularity) > 1) {
            return (char) (first << Byte.SIZE | (stored[at + 1] & 0xff));
        }
        return first == 0xff ? OneMinuteCode.MORE : (char) first;
    }

    private static boolean isSet(byte[] stored, int slot) {
        return (stored[BITMAP_AT + (slot >> 3)] & 1 << (slot & 7)) != 0;
    }

    /** How many slots before that one are present. */
    private static int presentBefore(byte[] stored, int before) {
        int present = 0;
        int whole = before >> 3;
        for (int i = 0; i < whole; i++) {
            present += Integer.bitCount(stored[BITMAP_AT + i] & 0xff);
        }
        int rest = before & 7;
        return rest == 0 ? present : present + Integer.bitCount(stored[BITMAP_AT + whole] & ((1 << rest) - 1));
    }
}
