package io.tidemark.query.importing;

import java.util.List;

/** Nothing is sent: something is wrong with the file as a whole, or with what is kept beside it. */
public final class CannotImport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Each fault is a line of the message. */
    CannotImport(List<String> faults) {
        super(String.join("\n", faults));
    }

    CannotImport(String fault) {
        this(List.of(fault));
    }
}
