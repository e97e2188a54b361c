package io.tidemark.streams.routing;

/** What this instance itself holds, at this moment. Asked for every question, so it must cost next to nothing. */
public interface Here {

    /** Whether the partition is counted here, with its state whole. */
    boolean counts(int partition);

    /** Whether there is any of which the one or the other is so. */
    boolean holdsAny();

    /** Whether a copy is kept here that may be answered from. */
    boolean copies(int partition);
}
