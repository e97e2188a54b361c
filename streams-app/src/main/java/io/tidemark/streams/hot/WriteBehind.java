package io.tidemark.streams.hot;

/** Part of the hot store that a room holds in a form of its own, and writes once for many changes: {@link PastTheCache}. */
public interface WriteBehind {

    /**
     * Writes all that changed since this was last called to the store and its changelog, by {@link PastTheCache#write}. Called
     * before anything else is written there, many times with nothing to do, and also after its room's step was closed.
     */
    void writeOut();
}
