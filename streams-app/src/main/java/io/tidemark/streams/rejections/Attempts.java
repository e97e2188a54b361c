package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The newest rejections of one event, of which there is one for each time that it was sent. Value: layout 1, then of each its append time, source, partition and
 * offset, the newest first. One value, and not a key for each: so who asks for an event that was never rejected meets no tombstones of
 * others that were.
 */
record Attempts(List<RejectionId> newest) {
    static final int MOST = 16;
    static final Attempts NONE = new Attempts(List.of());

    private static final byte LAYOUT = 1;

    Attempts {
        newest = List.copyOf(newest);
    }

    Attempts with(RejectionId one) {
        var all = new TreeSet<>(newest);
        all.add(one);
        return new Attempts(all.stream().limit(MOST).toList());
    }

    Attempts without(RejectionId one) {
        return new Attempts(newest.stream().filter(each -> !each.equals(one)).toList());
    }

    byte[] encode() {
        var out = new BytesOut().raw(LAYOUT);
        for (RejectionId id : newest) {
            Coordinates at = id.at();
            out.number(id.appendedAt())
                    .raw(at.topic().code())
                    .number(at.partition())
                    .number(at.offset());
        }
        return out.toBytes();
    }

    static Attempts decode(byte @Nullable [] stored) {
        if (stored == null) {
            return NONE;
        }
        var in = new BytesIn(stored).version(LAYOUT);
        var ids = new java.util.ArrayList<RejectionId>();
        while (!in.atEnd()) {
            long appendedAt = in.number();
            ids.add(new RejectionId(new Coordinates(Source.of(in.raw()), (int) in.number(), in.number()), appendedAt));
        }
        return new Attempts(ids);
    }
}
