package io.tidemark.benchmarks.contestants;

/** Spans of time, as pages have them. */
enum HeapLevel {
    HOUR(1, 60),
    DAY(15, 96),
    /** Of 31 days each, wherever they begin: what a page costs does not depend on the calendar. */
    MONTH(24 * 60, 31);

    private final int minutes;
    private final int slots;

    HeapLevel(int minutes, int slots) {
        this.minutes = minutes;
        this.slots = slots;
    }

    /** Of one slot. */
    int minutes() {
        return minutes;
    }

    /** In one page. */
    int slots() {
        return slots;
    }
}
