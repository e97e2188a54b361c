package io.tidemark.query.rejected;

import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import io.tidemark.streams.rejections.RejectionsFound;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rejected events in an answer, the newest first. */
record RejectedPage(
        List<RejectedBody> data,
        Meta meta,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    /** @param nextCursor null behind the last */
    record Meta(@Nullable String nextCursor) {
        static Meta of(RejectionsFound found) {
            return new Meta(found.lookedUpTo().map(RejectionId::text).orElse(null));
        }
    }

    static RejectedPage of(Part<RejectionsFound> part, State state) {
        Freshness fresh = part.freshness();
        return new RejectedPage(
                part.value().of(state).stream().map(RejectedBody::of).toList(),
                Meta.of(part.value()),
                fresh.asOf(),
                fresh.complete(),
                fresh.missingPartitions(),
                fresh.position());
    }
}
