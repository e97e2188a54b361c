package io.tidemark.dev.registry;

import java.util.List;

/** A decision: what to write to the log, and what to answer once it is written. */
record Change<T>(T answer, List<Entry> entries) {
    Change {
        entries = List.copyOf(entries);
    }

    static <T> Change<T> none(T answer) {
        return new Change<>(answer, List.of());
    }

    static <T> Change<T> of(T answer, Entry entry) {
        return new Change<>(answer, List.of(entry));
    }
}
