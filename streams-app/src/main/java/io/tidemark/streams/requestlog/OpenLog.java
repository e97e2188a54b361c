package io.tidemark.streams.requestlog;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.intake.WholeRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The log of the partitions that are counted in this process, as it is read from outside their tasks. */
public final class OpenLog {
    private static final long MILLIS = 1_000;

    private final OpenStores stores;
    private final Served served;
    private final Reaches reaches;
    private final Duration kept;

    /** @param kept for how long; zero: there is none, and of every partition that is said */
    public OpenLog(OpenStores stores, Served served, Reaches reaches, Duration kept) {
        this.stores = stores;
        this.served = served;
        this.reaches = reaches;
        this.kept = kept;
    }

    boolean isOff() {
        return kept.isZero();
    }

    /**
     * What is read of a partition while it stays ours: a copy may lag behind what is proven of the hot store's.
     *
     * @throws NotServed when it is not, or not any more
     */
    <T> T whileOurs(int partition, Supplier<T> reading) {
        long stay = served.stay(partition);
        if (stay == Served.NOT) {
            throw new NotServed("partition " + partition + " is not counted here now");
        }
        T read = reading.get();
        if (served.stay(partition) != stay) {
            throw new NotServed("partition " + partition + " moved while it was read");
        }
        return read;
    }

    /** Since when the log of a partition is whole: to be asked after its rows were read, as some may have gone meanwhile. */
    LogReach reach(int partition) {
        OptionalLong second = reaches.of(partition);
        return new LogReach(
                kept, second.isPresent() ? Optional.of(Instant.ofEpochSecond(second.getAsLong())) : Optional.empty());
    }

    /** The first microsecond of which anything may be there. */
    long horizon(int partition) {
        return Math.max(0, reaches.horizon(partition)) * MILLIS * MILLIS;
    }

    void walk(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> onward) {
        stores.scanWhile(partition, from, to, onward);
    }

    List<byte @Nullable []> get(int partition, List<Bytes> keys) {
        return stores.get(partition, keys);
    }

    /** Reads rows of one partition. */
    Rows rows(int partition) {
        return new Rows(partition);
    }

    /** One thread's alone: readers of events are. */
    final class Rows {
        private final int partition;
        private final Map<Long, WholeRequests> readers = new HashMap<>();

        private Rows(int partition) {
            this.partition = partition;
        }

        LoggedRequest read(Place place, byte[] stored) {
            var in = new BytesIn(stored);
            Row.Head head = Row.head(in);
            WholeRequest said = reader(head.schema()).read(stored, in.at());
            return new LoggedRequest(place, Instant.ofEpochMilli(head.appendedAt()), said);
        }

        private WholeRequests reader(long fingerprint) {
            WholeRequests known = readers.get(fingerprint);
            if (known == null) {
                known = WholeRequests.of(schema(fingerprint));
                readers.put(fingerprint, known);
            }
            return known;
        }

        private Schema schema(long fingerprint) {
            byte[] stored =
                    get(partition, List.of(StoredSchemas.key(fingerprint))).get(0);
            if (stored == null) {
                throw new IllegalStateException("a row of partition " + partition + " has a schema that is not there");
            }
            return StoredSchemas.decode(stored);
        }
    }
}
