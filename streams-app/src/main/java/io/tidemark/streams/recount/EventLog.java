package io.tidemark.streams.recount;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Origin;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The input topics, as far as they may matter to a question. */
interface EventLog extends AutoCloseable {

    /** Takes records, one thread's alone. */
    interface Taker {
        /**
         * Takes one.
         *
         * @param bytes how many key and value had when they came; more than they have where they were cut
         */
        void take(Origin origin, byte @Nullable [] key, byte @Nullable [] value, long bytes);
    }

    /** Gives what was not given yet, up to where the log ends now; a partition's records in their order, to one taker. */
    void readOn(Supplier<Taker> takers);

    /** Gives some records once more. */
    void readAgain(Collection<Coordinates> records, Taker taker);

    /**
     * Events that were refused for what was known of the world then, such as whose tenants there are: known as of the end of {@link #readOn}, and
     * from its beginning on of what was refused before that.
     */
    Set<Coordinates> refused();

    /** From when on no event is missing any more; empty: none is missing that was asked for. */
    Optional<Instant> beginsAt();

    /** How many records are known to be given in all, those included that were. */
    long records();

    /** Everything that was given, as a read's {@code after}. */
    String position();

    @Override
    void close();
}
