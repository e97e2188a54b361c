package io.tidemark.streams.reading;

import java.util.Optional;

/** What this instance alone can say to any question that it knows: of the partitions it counts, and of those it keeps a good copy of. */
public interface HeldParts {

    /** There is nothing that could be asked. */
    HeldParts NONE = new HeldParts() {
        @Override
        public Optional<PartKind<?, ?>> kind(String name) {
            return Optional.empty();
        }

        @Override
        public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked) {
            throw new IllegalArgumentException("nothing is known of " + kind.name());
        }
    };

    /** The kind of that name; empty where this build knows none. */
    Optional<PartKind<?, ?>> kind(String name);

    /**
     * The answer of those of the partitions that are held here; {@code MOVING} when none of them is. Its freshness names those of them that are
     * missing, and no others.
     *
     * @throws IllegalArgumentException when the kind is not known
     */
    <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked);
}
