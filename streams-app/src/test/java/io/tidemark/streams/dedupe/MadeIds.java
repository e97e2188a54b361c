package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.NullMarked;

/** Ids that look like hashes, and what keeps them, in slices so small that a test has many. */
@NullMarked
final class MadeIds {
    static final Bounds SMALL = new Bounds(8, 100, 40);
    static final long ENOUGH = 1L << 30;

    private MadeIds() {}

    static SeenIds seen(KeyValueStore<Bytes, byte[]> store, TimeRule time, IdForm form) {
        return new SeenIds(store, time, form, SMALL, new IdsMemory(ENOUGH));
    }

    static Id id(int number) {
        return new Id(mixed(number), mixed(~number));
    }

    private static long mixed(long number) {
        long mixed = (number + 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 30)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }

    static FirstSight sight(int number) {
        Source topic = List.of(Source.USAGE, Source.REQUESTS).get(number % 2);
        // Some out of other partitions, as what was placed by another hash.
        return new FirstSight(number, new Coordinates(topic, number % 13 == 0 ? number % 5 : 3, number));
    }
}
