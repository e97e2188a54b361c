package io.tidemark.streams.parking;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotReads;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;

/** Reads parked records from outside their task, as they were last flushed. */
public final class ParkedReads {
    private static final long MOST_BYTES = 8 << 20;

    private final HotReads reads;
    private final Function<Source, Uuid> topicIds;

    public ParkedReads(HotReads reads, Function<Source, Uuid> topicIds) {
        this.reads = reads;
        this.topicIds = topicIds;
    }

    /** Whether a record of a source partition waits there. */
    public boolean has(int partition, Source source, long offset) {
        return reads.get(partition, ParkedRecords.key(topicIds.apply(source), offset)) != null;
    }

    /**
     * Gives the parked records of a source partition to {@code each}, in their order, but at most so many, and some megabytes of them.
     *
     * @param of as it was flushed
     * @return whether those were all
     */
    public boolean some(Progress of, int most, Consumer<Received> each) {
        Uuid topic = topicIds.apply(of.source());
        int[] given = {0};
        long[] bytes = {0};
        boolean[] all = {true};
        reads.scanWhile(
                of.partition(),
                ParkedRecords.key(topic, of.firstParked()),
                ParkedRecords.key(topic, of.offset()),
                (key, value) -> {
                    if (given[0] == most || bytes[0] > MOST_BYTES) {
                        all[0] = false;
                        return false;
                    }
                    given[0]++;
                    bytes[0] += value.length;
                    each.accept(ParkedRecords.decode(of, key, value));
                    return true;
                });
        return all[0];
    }
}
