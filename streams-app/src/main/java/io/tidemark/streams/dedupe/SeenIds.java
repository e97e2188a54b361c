package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.hot.BeforeCommit;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the events counted, kept by when they arrived.
 *
 * <p><b>How long an id must be kept.</b> An event is accepted at append time {@code a} when {@code a - late <= occurred
 * <= a + early}. If it is first accepted at {@code a1} and a repeat with the same {@code occurred} at {@code a2}, then
 * {@code a2 <= occurred + late <= a1 + early + late}. Append times of one partition may step back by the clock skew
 * between brokers. So with {@code reach = late + early + skew} an id is kept at least {@code reach} after its arrival,
 * and a repeat with the same time never counts twice, however late; one with another time is recognised for that long.
 *
 * <p>Not every record comes here as it is appended: one may have been parked, or be on its way through {@code rekey}. So
 * copies may come in either order, and each is looked for on both sides of its own arrival. Ids are kept for another 18
 * days, so all this holds for records that wait no longer than that.
 *
 * <p>New ones are written as the settings say, {@link BlockIds in blocks} or {@link RecordIds as a record each}; those of either form are
 * found, until they are forgotten. Both lie in one store of Kafka's own.
 */
public final class SeenIds {
    public static final String NAME = "seen-ids";
    static final String BEFORE_COMMIT = "ids-before-commit";

    /** How much longer than {@link #reach} an id may be known. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(18);

    private static final Map<String, String> CHANGELOG = Map.of("segment.bytes", "134217728");

    private final KeyValueStore<Bytes, byte[]> store;
    private final long reach;
    private final IdForm form;
    /** Held while anything changes, and by others while they take a {@link Trail}: the task itself reads without it. */
    private final Object changing = new Object();

    private final RecordIds records;
    private final BlockIds blocks;

    SeenIds(KeyValueStore<Bytes, byte[]> store, TimeRule time, IdForm form, Bounds bounds, IdsMemory memory) {
        this.store = store;
        this.form = form;
        reach = reach(time).toMillis();
        var forgotten = new Forgotten(store);
        records = new RecordIds(store, forgotten, reach);
        blocks = new BlockIds(store, forgotten, reach, bounds, memory.join());
    }

    /** How long after its arrival an id is known at least. */
    public static Duration reach(TimeRule time) {
        return time.late().plus(time.early()).plus(time.brokerSkew());
    }

    /** The stores that an instance needs which writes ids in that form. */
    public static StoreBuilder<?>[] stores(IdForm form) {
        return form == IdForm.BLOCKS
                ? new StoreBuilder<?>[] {builder(), BeforeCommit.builder(BEFORE_COMMIT)}
                : new StoreBuilder<?>[] {builder()};
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** The first sight of an id that arrives now, or null. */
    @Nullable
    FirstSight find(Id id, long arrivedAt) {
        FirstSight sight = blocks.find(id, arrivedAt);
        return sight == null ? records.find(id, arrivedAt) : sight;
    }

    /**
     * The first sight of an id that may have arrived at any time, or null; asked by any thread. The task waits for some copies in memory, and then,
     * as for any read of a store of Kafka Streams, for each record that is read when the trail has been taken.
     */
    @Nullable
    FirstSight findAnywhere(Id id) {
        var trail = new Trail(id, store);
        synchronized (changing) {
            blocks.leadTo(id, trail);
            records.leadTo(id, trail);
        }
        return trail.follow();
    }

    void put(Id id, FirstSight sight, long arrivedAt) {
        synchronized (changing) {
            if (form == IdForm.BLOCKS) {
                blocks.put(id, sight, arrivedAt);
            } else {
                records.put(id, sight, arrivedAt);
            }
        }
    }

    /** Writes what is in no record yet: in the commit that it belongs to. */
    void write() {
        synchronized (changing) {
            blocks.write();
        }
    }

    /**
     * Forgets some of the ids that nobody can repeat any more.
     *
     * @param handledUpTo everything appended up to then is handled, UTC milliseconds
     */
    void forgetSome(long handledUpTo) {
        long arrivedBefore = handledUpTo - reach - LONGEST_WAIT.toMillis();
        synchronized (changing) {
            records.forgetSome(arrivedBefore);
            blocks.forgetSome(handledUpTo, arrivedBefore);
        }
    }

    void close() {
        blocks.close();
    }
}
