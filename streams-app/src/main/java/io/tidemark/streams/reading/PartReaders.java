package io.tidemark.streams.reading;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The questions there are, by name. */
public final class PartReaders {
    private final Map<String, PartReader<?, ?>> readers;

    /** @param readers of different kinds */
    public PartReaders(Collection<PartReader<?, ?>> readers) {
        this.readers = readers.stream()
                .collect(Collectors.toMap(reader -> reader.kind().name(), Function.identity()));
    }

    /** The kind of that name; empty where there is none. */
    public Optional<PartKind<?, ?>> kind(String name) {
        return Optional.ofNullable(readers.get(name)).map(PartReader::kind);
    }

    /**
     * Who answers a kind.
     *
     * @throws IllegalArgumentException when nobody does
     */
    @SuppressWarnings("unchecked") // A kind is equal to another only if question and answer are of the same classes.
    public <Q, A> PartReader<Q, A> of(PartKind<Q, A> kind) {
        PartReader<?, ?> reader = readers.get(kind.name());
        if (reader == null || !reader.kind().equals(kind)) {
            throw new IllegalArgumentException("nothing is known of " + kind);
        }
        return (PartReader<Q, A>) reader;
    }
}
