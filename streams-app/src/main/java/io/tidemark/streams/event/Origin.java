package io.tidemark.streams.event;

/**
 * Where and when an event was first appended, whichever way it came since.
 *
 * @param topic {@code REQUESTS} or {@code USAGE}; decides what kind of event it must be
 * @param appendedAt broker time, UTC milliseconds since 1970-01-01
 */
public record Origin(Source topic, int partition, long offset, long appendedAt) {

    /** What an event of that topic must be. */
    public EventKind kind() {
        return topic == Source.USAGE ? EventKind.USAGE : EventKind.REQUEST;
    }
}
