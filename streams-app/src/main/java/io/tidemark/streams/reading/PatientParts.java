package io.tidemark.streams.reading;

import java.util.Optional;

/** Answers that are waited for until they contain the position that was asked for, and read on the pool. */
public final class PatientParts implements HeldParts {
    private final HeldParts parts;
    private final ReadPool pool;
    private final Awaited awaited;

    public PatientParts(HeldParts parts, ReadPool pool, Awaited awaited) {
        this.parts = parts;
        this.pool = pool;
        this.awaited = awaited;
    }

    @Override
    public Optional<PartKind<?, ?>> kind(String name) {
        return parts.kind(name);
    }

    @Override
    public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked) {
        var now = asked.of(asked.partitions(), Wait.NOT);
        return awaited.after(
                asked.waiting(), asked.partitions(), () -> pool.run(() -> parts.ask(kind, now)), Part::freshness);
    }
}
