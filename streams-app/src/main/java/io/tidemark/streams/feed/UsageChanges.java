package io.tidemark.streams.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whose usage changed, as {@code usage-feed} tells it: committed, of all partitions, at any instance. Of each customer's month the newest change alone is
 * held, for a while; who did not ask in between hears of it once. Nothing is read while nobody listens.
 */
public interface UsageChanges extends AutoCloseable {

    /** Whether changes are told here at all. */
    boolean areTold();

    /**
     * Begins to listen, unless it does, and waits until it hears what is told.
     *
     * @return whether that came in time
     */
    boolean listen(Duration atMost) throws InterruptedException;

    /** Ends to listen, and forgets. */
    void rest();

    /** The place behind all that was heard so far. */
    ChangeCursor now();

    /** A position that contains, as answers do, all that lies before {@link #now}; empty where that is nothing. */
    Optional<String> position();

    /**
     * The place that a token of any instance names.
     *
     * @param atMost how long to wait until this instance has heard as much as the one that gave it
     * @return empty where it is none, or where changes behind it are not held any more
     */
    Optional<ChangeCursor> at(String tenant, String token, Duration atMost) throws InterruptedException;

    /**
     * What changed behind a place, the earliest first.
     *
     * @param customer by external id; empty: any of the tenant's
     * @param most how many at once; fewer where they are large
     * @return empty where changes behind it are not held any more
     */
    Optional<Heard> after(ChangeCursor place, String tenant, Optional<String> customer, int most);

    @Override
    void close();

    /**
     * Some changes.
     *
     * @param behind the place behind them, from which to ask again
     */
    record Heard(List<Told> changes, ChangeCursor behind) {
        public Heard {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One of them.
     *
     * @param behind the place behind it
     */
    record Told(Change change, ChangeCursor behind) {}
}
