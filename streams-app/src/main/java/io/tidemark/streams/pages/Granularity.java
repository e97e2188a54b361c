package io.tidemark.streams.pages;

import java.time.LocalDate;

/**
 * How finely a page divides its period; all in UTC. The code is part of stored keys, and final.
 *
 * <p>Quarter hours because every offset of a real time zone is a multiple of 15 minutes: a calendar day or month of any
 * zone begins and ends on one.
 */
enum Granularity {
    /** A page is a month, a slot a day. */
    MONTH(1, 31, 1_440) {
        @Override
        int period(long minute) {
            LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_OF_DAY));
            return (day.getYear() - 1970) * 12 + day.getMonthValue() - 1;
        }

        @Override
        int slot(long minute) {
            return LocalDate.ofEpochDay(Math.floorDiv(minute, MINUTES_OF_DAY)).getDayOfMonth() - 1;
        }

        @Override
        long start(int period) {
            return LocalDate.of(1970 + Math.floorDiv(period, 12), Math.floorMod(period, 12) + 1, 1)
                            .toEpochDay()
                    * MINUTES_OF_DAY;
        }
    },
    /** A page is a day, a slot a quarter hour. */
    DAY(2, 96, 15) {
        @Override
        int period(long minute) {
            return (int) Math.floorDiv(minute, MINUTES_OF_DAY);
        }

        @Override
        int slot(long minute) {
            return (int) Math.floorMod(minute, MINUTES_OF_DAY) / MINUTES_OF_QUARTER;
        }

        @Override
        long start(int period) {
            return period * MINUTES_OF_DAY;
        }
    },
    /** A page is an hour, a slot a minute. */
    HOUR(3, 60, 1) {
        @Override
        int period(long minute) {
            return (int) Math.floorDiv(minute, MINUTES_OF_HOUR);
        }

        @Override
        int slot(long minute) {
            return (int) Math.floorMod(minute, MINUTES_OF_HOUR);
        }

        @Override
        long start(int period) {
            return period * MINUTES_OF_HOUR;
        }
    };

    static final long MINUTES_OF_DAY = 1_440;
    static final long MINUTES_OF_HOUR = 60;
    static final int MINUTES_OF_QUARTER = 15;

    /** All of them; an array, as each event goes through it. */
    private static final Granularity[] COARSEST_FIRST = values();

    private final byte code;
    private final int slots;
    private final int slotMinutes;

    Granularity(int code, int slots, int slotMinutes) {
        this.code = (byte) code;
        this.slots = slots;
        this.slotMinutes = slotMinutes;
    }

    /** How many there are; {@link #coarsest} counts them from zero. */
    static int count() {
        return COARSEST_FIRST.length;
    }

    /** The one that so many are coarser than. */
    static Granularity coarsest(int but) {
        return COARSEST_FIRST[but];
    }

    byte code() {
        return code;
    }

    int slots() {
        return slots;
    }

    /** The next coarser one; of the coarsest there is none. */
    Granularity coarser() {
        return switch (this) {
            case HOUR -> DAY;
            case DAY -> MONTH;
            case MONTH -> throw new IllegalStateException("none is coarser than a month");
        };
    }

    /** How many slots a page of the next finer one has the whole of. */
    int slotsOfAFinerPage() {
        return this == DAY ? (int) MINUTES_OF_HOUR / MINUTES_OF_QUARTER : 1;
    }

    /** How long a slot is. */
    int slotMinutes() {
        return slotMinutes;
    }

    /** The period a minute falls in: months, days or hours since 1970-01-01T00:00Z. */
    abstract int period(long minute);

    /** The slot of its page a minute falls in. */
    abstract int slot(long minute);

    /** The first minute of a period, in minutes since 1970-01-01T00:00Z. */
    abstract long start(int period);
}
