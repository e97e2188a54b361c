package io.tidemark.streams.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whether the first assignment of an instance is through. Partitions come in several rounds: what moves is let go by its owner in one and given to
 * the new one in the next. The group says in the first what each instance is to have in the end (Kafka's {@code StreamsPartitionAssignor}, which
 * tells hosts' partitions before it takes out of an assignment what another still holds). Where it does not say, or what it says does not come, an
 * instance that gets no more for a while has what is its own.
 */
final class Settled {
    static final Duration FOR = Duration.ofSeconds(5);

    private final int partitions;
    private volatile Instant since = Instant.MAX;

    /** @param partitions how many there are, over all instances */
    Settled(int partitions) {
        this.partitions = partitions;
    }

    /**
     * @param running no partition is coming or going just now
     * @param owned those that this instance was given
     * @param whole of them, those whose state is whole
     * @param meant those that it is to have when all rounds are through; empty where the group does not say
     */
    boolean is(
            boolean running,
            Set<Integer> owned,
            Set<Integer> whole,
            Supplier<Optional<Set<Integer>>> meant,
            Instant now) {
        if (whole.size() == partitions) {
            return true;
        }
        if (!running || !whole.equals(owned)) {
            since = Instant.MAX;
            return false;
        }
        if (meant.get().filter(owned::equals).isPresent()) {
            return true;
        }
        if (since.equals(Instant.MAX)) {
            since = now;
        }
        return since.isBefore(now.minus(FOR));
    }
}
