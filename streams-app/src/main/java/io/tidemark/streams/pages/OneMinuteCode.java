package io.tidemark.streams.pages;

/**
 * What a page notes of a slot of which all fell into one minute: which one, and of its events whether none, all or some were late, and corrected something.
 * So when they move to a finer page, that knows what this one does not say of them alone.
 *
 * <p>The minutes since the slot began, then two bits each: 0 none, 1 all, 2 some.
 */
final class OneMinuteCode {
    /** The slot is of more than one minute, or nobody noted: finer pages have it. */
    static final char MORE = 0xffff;

    private static final int NONE = 0;
    private static final int ALL = 1;
    private static final int SOME = 2;
    private static final int STATE = 3;
    private static final int LATE_AT = 2;
    private static final int MINUTE_AT = 4;

    private OneMinuteCode() {}

    /** Of a first event. */
    static char of(int minute, Arrival arrival) {
        return of(minute, arrival.late() ? ALL : NONE, arrival.corrects() ? ALL : NONE);
    }

    /** Of so many events, of which so many were late and corrected something; {@link Arrivals#UNKNOWN}. */
    static char of(int minute, long late, long corrected, long count) {
        return of(minute, state(late, count), state(corrected, count));
    }

    private static char of(int minute, int late, int corrected) {
        return (char) (minute << MINUTE_AT | late << LATE_AT | corrected);
    }

    private static int state(long some, long count) {
        if (some == 0) {
            return NONE;
        }
        return some == count ? ALL : SOME;
    }

    /** With one more event of the minute. */
    static char and(char code, Arrival arrival) {
        return of(minute(code), and(code >> LATE_AT & STATE, arrival.late()), and(code & STATE, arrival.corrects()));
    }

    private static int and(int before, boolean one) {
        return before == (one ? ALL : NONE) ? before : SOME;
    }

    static int minute(char code) {
        return code >> MINUTE_AT;
    }

    /** How many of so many were late; {@link Arrivals#UNKNOWN}. */
    static long late(char code, long count) {
        return number(code >> LATE_AT & STATE, count);
    }

    /** How many of so many corrected something; {@link Arrivals#UNKNOWN}. */
    static long corrected(char code, long count) {
        return number(code & STATE, count);
    }

    private static long number(int state, long count) {
        return switch (state) {
            case NONE -> 0;
            case ALL -> count;
            default -> Arrivals.UNKNOWN;
        };
    }
}
