package io.tidemark.streams.event;

import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param offset its offset in the topic it was read from now
 * @param progress of the source partition it was read from; the same object for all its records
 * @param origin where it was first appended
 * @param released whether it had been parked: it was accounted for when it was read
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as they came; nobody compares two of these
public record Received(
        long offset,
        Progress progress,
        Origin origin,
        byte @Nullable [] key,
        byte @Nullable [] value,
        boolean released) {

    /** The append time that decides whether the event is late or early, UTC milliseconds since 1970-01-01. */
    public long appendedAt() {
        return origin.appendedAt();
    }
}
