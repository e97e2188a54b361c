package io.tidemark.streams.event;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of exact integers that can be added to. Decimals are held in units of 10^-9, counts in units of one.
 *
 * <p>Almost every value fits a {@code long}; one that does not moves to a {@code BigInteger} of its own. Nothing wraps,
 * nothing is rounded.
 */
public final class Amounts {
    private final long[] small;
    private @Nullable BigInteger @Nullable [] big;

    /** All zero. */
    public Amounts(int size) {
        small = new long[size];
    }

    /** A request's reading or slot, in stored order. */
    public static final class OfRequest {
        public static final int COUNT = 0;
        public static final int INPUT_TOKENS = 1;
        public static final int OUTPUT_TOKENS = 2;
        public static final int CACHED_INPUT_TOKENS = 3;
        public static final int REASONING_TOKENS = 4;
        public static final int CREDITS = 5;
        public static final int COST = 6;
        public static final int SIZE = 7;

        private OfRequest() {}
    }

    /** A usage event's reading or slot, in stored order. */
    public static final class OfUsage {
        public static final int COUNT = 0;
        public static final int QUANTITY = 1;
        public static final int CREDITS = 2;
        public static final int COST = 3;
        public static final int SIZE = 4;

        private OfUsage() {}
    }

    /** Zeros for one kind of event. */
    public static Amounts of(EventKind kind) {
        return new Amounts(kind == EventKind.REQUEST ? OfRequest.SIZE : OfUsage.SIZE);
    }

    public int size() {
        return small.length;
    }

    /** The i-th as a {@code long}; only where {@link #isSmall} says so. */
    public long small(int i) {
        return small[i];
    }

    /** Whether any of them is below zero. */
    public boolean isAnyNegative() {
        for (int i = 0; i < small.length; i++) {
            if (isSmall(i) ? small[i] < 0 : get(i).signum() < 0) {
                return true;
            }
        }
        return false;
    }

    public boolean isSmall(int i) {
        return big == null || big[i] == null;
    }

    public BigInteger get(int i) {
        BigInteger large = big == null ? null : big[i];
        return large == null ? BigInteger.valueOf(small[i]) : large;
    }

    public void add(int i, long value) {
        long sum = small[i] + value;
        // Overflow happened when both operands have the sign the sum has not.
        boolean fits = ((small[i] ^ sum) & (value ^ sum)) >= 0;
        if (fits && isSmall(i)) {
            small[i] = sum;
        } else {
            set(i, get(i).add(BigInteger.valueOf(value)));
        }
    }

    public void add(int i, BigInteger value) {
        set(i, get(i).add(value));
    }

    /** Adds each of the other's; a shorter other leaves the rest as it is. */
    public void add(Amounts other) {
        add(0, other);
    }

    /** Adds each of the other's to those that begin at {@code at}. */
    public void add(int at, Amounts other) {
        for (int i = 0; i < other.size(); i++) {
            add(at + i, other, i);
        }
    }

    /** Adds {@code count} of these, from {@code from} on, to the first of {@code into}. */
    public void addTo(Amounts into, int from, int count) {
        for (int i = 0; i < count; i++) {
            into.add(i, this, from + i);
        }
    }

    /** Adds one of the other's to the only one of these. */
    public void add(Amounts other, int i) {
        add(0, other, i);
    }

    /** All zero again. */
    public void clear() {
        Arrays.fill(small, 0);
        big = null;
    }

    private void add(int at, Amounts other, int from) {
        if (other.isSmall(from)) {
            add(at, other.small(from));
        } else {
            add(at, other.get(from));
        }
    }

    /** These, with zeros put in before {@code at}. */
    public Amounts withZeros(int at, int count) {
        var wider = new Amounts(size() + count);
        System.arraycopy(small, 0, wider.small, 0, at);
        System.arraycopy(small, at, wider.small, at + count, size() - at);
        if (big != null) {
            var wide = new BigInteger[wider.size()];
            System.arraycopy(big, 0, wide, 0, at);
            System.arraycopy(big, at, wide, at + count, size() - at);
            wider.big = wide;
        }
        return wider;
    }

    private void set(int i, BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            small[i] = value.longValue();
            if (big != null) {
                big[i] = null;
            }
        } else {
            if (big == null) {
                big = new BigInteger[small.length];
            }
            big[i] = value;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amounts that && size() == that.size() && sameAs(that);
    }

    private boolean sameAs(Amounts that) {
        for (int i = 0; i < size(); i++) {
            if (!get(i).equals(that.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + get(i).hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(get(i));
        }
        return text.append(']').toString();
    }
}
