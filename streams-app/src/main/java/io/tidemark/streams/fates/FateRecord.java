package io.tidemark.streams.fates;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code event-fates}: layout 1, the fate's name, and for each fault its reason, field and detail. Names, so that
 * an instance of another release skips what it does not know.
 */
final class FateRecord {
    private static final byte LAYOUT = 1;
    private static final int MOST_FAULTS = 32;
    private static final int LONGEST_DETAIL = 1_000;

    private FateRecord() {}

    static byte[] encode(Told told) {
        var out = new BytesOut().raw(LAYOUT).counted(told.fate().name());
        for (Fault fault :
                told.faults().subList(0, Math.min(MOST_FAULTS, told.faults().size()))) {
            out.counted(fault.reason().name()).counted(fault.field()).counted(cut(fault.detail()));
        }
        return out.toBytes();
    }

    private static String cut(String detail) {
        return detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
    }

    /** What a record says; empty when it is none that this build knows. */
    static Optional<Told> decode(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var in = new BytesIn(value).version(LAYOUT);
            Fate fate = Fate.valueOf(in.counted());
            List<Fault> faults = new ArrayList<>();
            while (!in.atEnd()) {
                Reason reason = Reason.valueOf(in.counted());
                String field = in.counted();
                faults.add(new Fault(reason, in.counted(), field));
            }
            return Optional.of(new Told(fate, faults));
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }
}
