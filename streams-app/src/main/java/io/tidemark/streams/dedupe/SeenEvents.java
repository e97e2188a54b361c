package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.HotReads.NotServed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * What the partitions that are counted in this process have seen, to be asked from outside their tasks, by any thread. A copy of another's
 * partition says nothing: the table of the newest ids is in the memory of the one that counts.
 */
public final class SeenEvents {
    private final Map<Integer, SeenIds> open = new ConcurrentHashMap<>();

    void opened(int partition, SeenIds ids) {
        open.put(partition, ids);
    }

    void closed(int partition, SeenIds ids) {
        open.remove(partition, ids);
    }

    /**
     * The first sight of the event of that identity; empty where none is known. May be of a transaction that has not ended yet: should it
     * be aborted, the record is read again.
     *
     * @throws NotServed when the partition is not counted here
     */
    public Optional<FirstSight> find(int partition, String tenant, String customer, String source, String id) {
        SeenIds ids = open.get(partition);
        if (ids == null) {
            throw new NotServed("partition " + partition + " is not counted here now");
        }
        try {
            return Optional.ofNullable(ids.findAnywhere(new Identity().of(tenant, customer, source, id)));
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " went away while it was read");
        }
    }
}
