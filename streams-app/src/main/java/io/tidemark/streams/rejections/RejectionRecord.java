package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a rejection is stored: layout 1; the claim's four texts; of how many bytes it was cut; of a conflict, where the first event lies,
 * led by a byte that says whether there is one; the number of faults, and of each the label of its reason, its field and its detail.
 *
 * <p>Bounded, unlike what lies in {@code rejected-events}: whoever sends nothing but bad events must not fill the state with what is wrong with them.
 */
final class RejectionRecord {
    static final int MOST_FAULTS = 16;
    static final int LONGEST_DETAIL = 300;

    private static final byte LAYOUT = 1;

    private RejectionRecord() {}

    static byte[] encode(Rejection rejection) {
        Claim claim = rejection.claim();
        var out = new BytesOut()
                .raw(LAYOUT)
                .counted(claim.tenant())
                .counted(claim.customer())
                .counted(claim.source())
                .counted(claim.id())
                .number(rejection.truncatedFrom())
                .raw((byte) (rejection.first().isPresent() ? 1 : 0));
        rejection
                .first()
                .ifPresent(first ->
                        out.raw(first.topic().code()).number(first.partition()).number(first.offset()));
        List<Fault> kept = rejection
                .faults()
                .subList(0, Math.min(MOST_FAULTS, rejection.faults().size()));
        out.number(kept.size());
        for (Fault fault : kept) {
            out.counted(fault.reason().label()).counted(fault.field()).counted(cut(fault.detail()));
        }
        return out.toBytes();
    }

    private static String cut(String detail) {
        return detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
    }

    /** A rejection that nothing is known to have resolved. */
    static Rejection decode(RejectionId id, byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        var claim = new Claim(in.counted(), in.counted(), in.counted(), in.counted());
        long truncatedFrom = in.number();
        Optional<Coordinates> first = in.raw() == 0
                ? Optional.empty()
                : Optional.of(new Coordinates(Source.of(in.raw()), (int) in.number(), in.number()));
        var faults = new ArrayList<Fault>();
        for (long left = in.number(); left > 0; left--) {
            Reason reason = Reason.valueOf(in.counted().toUpperCase(Locale.ROOT));
            String field = in.counted();
            faults.add(new Fault(reason, in.counted(), field));
        }
        return new Rejection(id, claim, faults, truncatedFrom, first, Optional.empty());
    }
}
