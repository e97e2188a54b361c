package io.tidemark.streams.event;

/**
 * One thing wrong with an event, in words its producer understands.
 *
 * @param field the name of the field it lies in, on the wire; empty where it lies in none alone
 */
public record Fault(Reason reason, String detail, String field) {

    public Fault(Reason reason, String detail) {
        this(reason, detail, "");
    }

    @Override
    public String toString() {
        return reason.label() + ": " + detail;
    }
}
