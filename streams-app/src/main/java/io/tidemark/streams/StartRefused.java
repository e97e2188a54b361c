package io.tidemark.streams;

import java.util.List;

/** What is there is not what counting needs; starting anyway could count wrongly. */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefused(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }
}
