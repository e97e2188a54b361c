package io.tidemark.streams.publishing;

import java.util.List;

/** The fields do not make an event of the schema; nothing was written. */
public final class InvalidEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidEvent(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, each naming its field. */
    public List<String> faults() {
        return faults;
    }
}
