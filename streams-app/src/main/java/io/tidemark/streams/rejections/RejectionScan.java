package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.rejections.RejectionKeys.Kind;
import io.tidemark.streams.rejections.RejectionsFound.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Looks through the rejections of one partition, from the newest on, and stops when it has enough or has looked at many. */
final class RejectionScan {
    /** Some tens of milliseconds. */
    static final int MOST_LOOKED_AT = 20_000;

    /** Each takes some reads of the ids of events. */
    private static final int MOST_SOUGHT = 2_000;

    private final RejectionsAsked asked;
    private final Function<Rejection, Optional<Resolution>> counted;
    private final List<Rejection> found = new ArrayList<>();
    private final List<Elsewhere> elsewhere = new ArrayList<>();
    /** What is known of it is complete only when its resolution has not followed. */
    private @Nullable Rejection last;

    private @Nullable RejectionId lastId;
    private int looked;
    private int sought;
    private boolean ended = true;

    private RejectionScan(RejectionsAsked asked, Function<Rejection, Optional<Resolution>> counted) {
        this.asked = asked;
        this.counted = counted;
    }

    /** @param counted how a rejection was resolved of which that is not noted: its event was sent once more and counted */
    static RejectionsFound of(
            HotReads reads, int partition, RejectionsAsked asked, Function<Rejection, Optional<Resolution>> counted) {
        KeptSince kept = KeptSince.decode(reads.get(partition, RejectionKeys.KEPT));
        var scan = new RejectionScan(asked, counted);
        // Keys hold no time before 1970.
        long from = Math.max(asked.from(), kept.gone() + 1);
        if (asked.to() > from) {
            Bytes begin = RejectionKeys.before(asked.tenant(), asked.to());
            Bytes behind = asked.after()
                    .map(id -> RejectionKeys.behind(asked.tenant(), id))
                    .filter(key -> key.compareTo(begin) > 0)
                    .orElse(begin);
            reads.scanWhile(partition, behind, RejectionKeys.from(asked.tenant(), from), scan::take);
        }
        scan.lastIsKnown();
        return new RejectionsFound(
                scan.found, scan.elsewhere, scan.ended ? Optional.empty() : Optional.ofNullable(scan.lastId));
    }

    private boolean take(byte[] key, byte[] value) {
        Kind kind = RejectionKeys.kindOf(key, asked.tenant());
        if (kind == Kind.WALL) {
            return true;
        }
        RejectionId id = RejectionKeys.idOf(key, asked.tenant());
        if (kind == Kind.RESOLUTION && last != null && last.id().equals(id)) {
            last = last.with(Optional.of(Resolution.decode(value)));
            return true;
        }
        lastIsKnown();
        if (found.size() >= asked.limit() || looked >= MOST_LOOKED_AT || sought >= MOST_SOUGHT) {
            ended = false;
            return false;
        }
        looked++;
        lastId = id;
        if (kind == Kind.REJECTION) {
            last = RejectionRecord.decode(id, value);
        } else {
            elsewhere.add(new Elsewhere(id, Resolution.decode(value)));
        }
        return true;
    }

    private void lastIsKnown() {
        if (last != null && asked.matches(last)) {
            Rejection known = last;
            if (known.resolution().isEmpty()) {
                sought++;
                known = known.with(counted.apply(known));
            }
            if (asked.state().mayTake(known)) {
                found.add(known);
            }
        }
        last = null;
    }
}
