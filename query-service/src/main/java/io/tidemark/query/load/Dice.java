package io.tidemark.query.load;

import java.math.BigDecimal;
import java.util.List;

/**
 * Numbers that look random and are the same on every machine and every Java: SplitMix64, begun anew for each thing that
 * is drawn.
 */
public final class Dice {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double STEP = 0x1.0p-53;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Dice of their own for what these numbers name. */
    public static Dice of(long... names) {
        long state = 0;
        for (long name : names) {
            state = mix(state * 31 + mix(name + GAMMA));
        }
        return new Dice(state);
    }

    public long next() {
        state += GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to below the bound. Not quite even, by less than the bound in 2^63. */
    public long below(long bound) {
        return (next() >>> 1) % bound;
    }

    /** From 0 to below 1. For chances and shapes, never for amounts. */
    public double unit() {
        return (next() >>> 11) * STEP;
    }

    public boolean chance(double share) {
        return unit() < share;
    }

    public <T> T one(List<T> of) {
        return of.get((int) below(of.size()));
    }

    /** An exact decimal with some digits after the point, from one unit of the last to below the bound. */
    public BigDecimal decimal(long bound, int digits) {
        long units = bound;
        for (int i = 0; i < digits; i++) {
            units = Math.multiplyExact(units, 10L);
        }
        return BigDecimal.valueOf(1 + below(units - 1), digits);
    }

    /** A whole number around a middle: half are below it, one in six above it times the spread. At least 1. */
    public long around(double middle, double spread) {
        double bell = unit() + unit() + unit() + unit() - 2;
        return Math.max(1, Math.round(middle * StrictMath.pow(spread, bell * StrictMath.sqrt(3))));
    }
}
