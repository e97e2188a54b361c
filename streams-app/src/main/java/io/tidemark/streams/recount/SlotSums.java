package io.tidemark.streams.recount;

import io.tidemark.streams.event.Amounts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of one series by the minute at which a slot begins: a hash table by open addressing, no object for a slot. What does not fit a {@code
 * long} is carried over into a {@code BigInteger}; nothing wraps.
 *
 * <p>It adds up by itself and not by {@code pages} or {@link Amounts}, whose arithmetic is what is to be checked.
 */
final class SlotSums {
    private static final int FIRST_SIZE = 8;
    private static final int NONE = Integer.MIN_VALUE;
    private static final int GOLDEN = 0x9e3779b9;

    private final int amounts;
    private final Map<Long, BigInteger> carried = new HashMap<>(0);
    private int[] minutes = filled(FIRST_SIZE);
    private long[] values;
    private boolean[] seen = new boolean[FIRST_SIZE];
    private int slots;

    /** @param amounts of each slot */
    SlotSums(int amounts) {
        this.amounts = amounts;
        values = new long[FIRST_SIZE * amounts];
    }

    private static int[] filled(int size) {
        int[] none = new int[size];
        Arrays.fill(none, NONE);
        return none;
    }

    void add(int minute, Amounts reading) {
        int at = room(minute);
        for (int i = 0; i < reading.size(); i++) {
            if (reading.isSmall(i)) {
                add(minute, at, i, reading.small(i));
            } else {
                carry(minute, i, reading.get(i));
            }
        }
    }

    void subtract(int minute, Amounts reading) {
        int at = room(minute);
        for (int i = 0; i < reading.size(); i++) {
            if (reading.isSmall(i) && reading.small(i) != Long.MIN_VALUE) {
                add(minute, at, i, -reading.small(i));
            } else {
                carry(minute, i, reading.get(i).negate());
            }
        }
    }

    private void add(int minute, int at, int i, long value) {
        long sum = values[at * amounts + i] + value;
        if (((values[at * amounts + i] ^ sum) & (value ^ sum)) < 0) {
            carry(minute, i, BigInteger.valueOf(values[at * amounts + i]));
            sum = value;
        }
        values[at * amounts + i] = sum;
    }

    private void carry(int minute, int i, BigInteger value) {
        carried.merge(place(minute, i), value, BigInteger::add);
    }

    private long place(int minute, int i) {
        return (long) minute * amounts + i;
    }

    /** The same in longer slots, of those alone that lie in {@code [from, to)} as a whole; this one where slots are minutes. */
    SlotSums in(int slotMinutes, long from, long to) {
        if (slotMinutes == 1) {
            return this;
        }
        var longer = new SlotSums(amounts);
        for (int at = 0; at < minutes.length; at++) {
            int begin = minutes[at] == NONE ? 0 : Math.floorDiv(minutes[at], slotMinutes) * slotMinutes;
            if (minutes[at] != NONE && begin >= from && begin + slotMinutes <= to) {
                longer.addAll(begin, this, at);
            }
        }
        return longer;
    }

    private void addAll(int minute, SlotSums other, int otherAt) {
        int at = room(minute);
        for (int i = 0; i < amounts; i++) {
            add(minute, at, i, other.values[otherAt * amounts + i]);
            BigInteger more = other.carried.isEmpty() ? null : other.carried.get(place(other.minutes[otherAt], i));
            if (more != null) {
                carry(minute, i, more);
            }
        }
    }

    /** The sums of a slot: zeros where nothing was added. */
    List<BigInteger> of(int minute) {
        int at = find(minute);
        var sums = new ArrayList<BigInteger>(amounts);
        for (int i = 0; i < amounts; i++) {
            BigInteger small = minutes[at] == NONE ? BigInteger.ZERO : BigInteger.valueOf(values[at * amounts + i]);
            BigInteger more = carried.isEmpty() ? null : carried.get(place(minute, i));
            sums.add(more == null ? small : small.add(more));
        }
        return sums;
    }

    /** Whether these are the sums of a slot. */
    boolean is(int minute, List<BigInteger> sums) {
        if (!carried.isEmpty()) {
            return of(minute).equals(sums);
        }
        int at = find(minute);
        for (int i = 0; i < amounts; i++) {
            BigInteger sum = sums.get(i);
            long value = minutes[at] == NONE ? 0 : values[at * amounts + i];
            if (sum.bitLength() >= Long.SIZE || sum.longValue() != value) {
                return false;
            }
        }
        return true;
    }

    /** As if nobody had asked for a slot yet. */
    SlotSums lookAnew() {
        Arrays.fill(seen, false);
        return this;
    }

    /** Notes that somebody asked for a slot; see {@link #unseen}. */
    void see(int minute) {
        int at = find(minute);
        seen[at] = minutes[at] != NONE;
    }

    /** The slots that nobody asked for, and of which there is something. */
    List<Integer> unseen() {
        var left = new ArrayList<Integer>();
        for (int at = 0; at < minutes.length; at++) {
            if (minutes[at] != NONE && !seen[at] && of(minutes[at]).stream().anyMatch(sum -> sum.signum() != 0)) {
                left.add(minutes[at]);
            }
        }
        left.sort(null);
        return left;
    }

    private int room(int minute) {
        int at = find(minute);
        if (minutes[at] == NONE) {
            if (3 * ++slots > 2 * minutes.length) {
                grow();
                at = find(minute);
            }
            minutes[at] = minute;
        }
        return at;
    }

    private void grow() {
        int[] before = minutes;
        long[] sums = values;
        minutes = filled(2 * before.length);
        values = new long[minutes.length * amounts];
        seen = new boolean[minutes.length];
        for (int at = 0; at < before.length; at++) {
            if (before[at] != NONE) {
                int to = find(before[at]);
                minutes[to] = before[at];
                System.arraycopy(sums, at * amounts, values, to * amounts, amounts);
            }
        }
    }

    /** Where the minute is, or where it would go. */
    private int find(int minute) {
        int at = (minute * GOLDEN) >>> Integer.numberOfLeadingZeros(minutes.length - 1);
        while (minutes[at] != NONE && minutes[at] != minute) {
            at = (at + 1) & (minutes.length - 1);
        }
        return at;
    }
}
