package io.tidemark.streams.event;

/** One thing wrong with an event, in words its producer understands. */
public record Fault(Reason reason, String detail) {

    @Override
    public String toString() {
        return reason.label() + ": " + detail;
    }
}
