package io.tidemark.streams.parking;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotReads;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;

/** Reads parked records from outside their task, as they were last flushed. */
public final class ParkedReads {
    private static final long FIRST_STEP = 64;

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
     * Gives the parked records of a source partition to {@code each}, in their order, until it had {@code most} of them or a few more. By spans
     * of offsets, which grow where little is parked: there may be many thousands, and a scan does not end before its range does.
     *
     * @param of as it was flushed
     * @return whether these were all
     */
    public boolean some(Progress of, int most, Consumer<Received> each) {
        Uuid topic = topicIds.apply(of.source());
        long left = of.count(Fate.PARKED);
        long given = 0;
        long from = of.firstParked();
        long step = FIRST_STEP;
        while (of.hasParked() && given < left && from <= of.offset()) {
            if (given >= most) {
                return false;
            }
            long found = span(of, topic, from, from + step - 1, each);
            given += found;
            from += step;
            step = found == 0 ? step * 2 : step;
        }
        return true;
    }

    private long span(Progress of, Uuid topic, long first, long last, Consumer<Received> each) {
        long[] found = {0};
        reads.scan(of.partition(), ParkedRecords.key(topic, first), ParkedRecords.key(topic, last), (key, value) -> {
            found[0]++;
            each.accept(ParkedRecords.decode(of, key, value));
        });
        return found[0];
    }
}
