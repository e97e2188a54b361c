package io.tidemark.streams.parking;

import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The parked records of one source partition, in the order they were read.
 *
 * <p>Key: {@code [0x04][topic id, 16 bytes][offset, int64]}; by id, as progress is, so that a topic made again does not meet
 * what was parked of the old one. Value: layout 1, then the origin (source, partition, offset, append time in UTC
 * milliseconds), then key and value, each led by a byte that says whether it is there.
 */
public final class ParkedRecords {
    private static final byte LAYOUT = 1;

    private static final int NEAR = 100;
    private static final int KEY_BEFORE_OFFSET = 1 + 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Function<Source, Uuid> topicIds;

    public ParkedRecords(KeyValueStore<Bytes, byte[]> store, Function<Source, Uuid> topicIds) {
        this.store = store;
        this.topicIds = topicIds;
    }

    public void put(Received received) {
        Origin origin = received.origin();
        var out = new BytesOut()
                .raw(LAYOUT)
                .raw(origin.topic().code())
                .number(origin.partition())
                .number(origin.offset())
                .number(origin.appendedAt());
        optional(out, received.key());
        optional(out, received.value());
        store.put(key(received.progress().source(), received.offset()), out.toBytes());
    }

    public void remove(Received received) {
        store.delete(key(received.progress().source(), received.offset()));
    }

    /** At most {@code most} records of a source, from an offset on; none when there is none from there on. */
    public List<Received> from(Progress progress, long offset, int most) {
        return between(progress, offset, Long.MAX_VALUE, most);
    }

    /** The first record from an offset on: the only one of the list, or none. */
    public List<Received> firstFrom(Progress progress, long offset) {
        // The record cache copies all keys of a range before it gives the first: so it is asked for a few at first.
        List<Received> near = between(progress, offset, offset + NEAR, 1);
        return near.isEmpty() ? between(progress, offset + NEAR, Long.MAX_VALUE, 1) : near;
    }

    private List<Received> between(Progress progress, long first, long last, int most) {
        var batch = new ArrayList<Received>();
        Bytes from = key(progress.source(), first);
        Bytes to = key(progress.source(), last);
        try (KeyValueIterator<Bytes, byte[]> parked = store.range(from, to)) {
            while (batch.size() < most && parked.hasNext()) {
                var entry = parked.next();
                batch.add(decode(progress, entry.key.get(), entry.value));
            }
        }
        return batch;
    }

    private Bytes key(Source source, long offset) {
        return key(topicIds.apply(source), offset);
    }

    static Bytes key(Uuid topic, long offset) {
        return new BytesOut()
                .raw(HotStore.PARKED)
                .int64(topic.getMostSignificantBits())
                .int64(topic.getLeastSignificantBits())
                .int64(offset)
                .toKey();
    }

    static Received decode(Progress progress, byte[] key, byte[] value) {
        long offset = new BytesIn(key, KEY_BEFORE_OFFSET).int64();
        var in = new BytesIn(value).version(LAYOUT);
        var origin = new Origin(Source.of(in.raw()), (int) in.number(), in.number(), in.number());
        return new Received(offset, progress, origin, optional(in), optional(in), true);
    }

    private static void optional(BytesOut out, byte @Nullable [] bytes) {
        out.raw((byte) (bytes == null ? 0 : 1));
        if (bytes != null) {
            out.counted(bytes);
        }
    }

    private static byte @Nullable [] optional(BytesIn in) {
        return in.raw() == 0 ? null : in.countedBytes();
    }
}
