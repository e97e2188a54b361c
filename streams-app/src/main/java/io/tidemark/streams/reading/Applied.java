package io.tidemark.streams.reading;

/** How far one copy has applied its changelog. Written by the one thread that applies it. */
final class Applied {
    private static final long NONE = -1;

    private final long stay;
    private volatile long position;
    /** The last record that was fetched and is not applied yet, and how far the copy is once it is. */
    private long loading = NONE;

    private long then;

    /**
     * @param stay which stay of a copy it is
     * @param position everything below is applied
     */
    Applied(long stay, long position) {
        this.stay = stay;
        this.position = position;
    }

    long stay() {
        return stay;
    }

    /** Everything below this offset is applied. */
    long position() {
        return position;
    }

    /**
     * Some of the changelog was read, to be applied next.
     *
     * @param last the offset of the last record; -1 where there were only markers of transactions
     * @param next where reading goes on: behind the markers, which are in no record
     */
    void fetched(long last, long next) {
        if (last != NONE) {
            loading = last;
        }
        then = next;
        settle();
    }

    /** Everything read up to that offset, itself included, is applied. */
    void applied(long last) {
        position = Math.max(position, last + 1);
        if (last >= loading) {
            loading = NONE;
        }
        settle();
    }

    private void settle() {
        if (loading == NONE) {
            position = Math.max(position, then);
        }
    }
}
