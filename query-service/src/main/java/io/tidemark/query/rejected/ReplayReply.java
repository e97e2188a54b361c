package io.tidemark.query.rejected;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.rejections.Rejection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a replay, or would.
 *
 * @param outcomes how many there are of each
 * @param position from which on answers contain what was written; null where nothing was
 */
record ReplayReply(
        boolean dryRun,
        List<Row> data,
        Map<String, Integer> outcomes,
        RejectedPage.Meta meta,
        boolean complete,
        List<Integer> missingPartitions,
        @Nullable String position) {

    /**
     * Of one rejected event.
     *
     * @param outcome as of {@link Outcome}
     * @param detail why there is no event to be made of it
     */
    record Row(
            String id,
            @Nullable String externalCustomerId,
            @Nullable String eventId,
            List<String> reasons,
            String outcome,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectedBody.Wrong> faults,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String detail) {

        static Row of(Rejection rejection, Outcome outcome) {
            return new Row(
                    rejection.id().text(),
                    RejectedBody.text(rejection.claim().customer()),
                    RejectedBody.text(rejection.claim().id()),
                    rejection.faults().stream()
                            .map(fault -> fault.reason().label())
                            .distinct()
                            .toList(),
                    outcome.label(),
                    outcome.faults().stream().map(RejectedBody.Wrong::of).toList(),
                    outcome.detail());
        }
    }

    /**
     * What became of one, or would.
     *
     * @param label {@code acceptable}: would be written; {@code invalid}; {@code gone}, {@code unreadable}, {@code unavailable}: there is no event to be
     *     made of it; of what was written {@code counted}, {@code duplicate}, {@code conflict}, {@code rejected}; {@code pending}: not heard in time; {@code
     *     unacknowledged}: it may be written or not
     */
    record Outcome(
            String label, List<Fault> faults, @Nullable String detail) {
        Outcome {
            faults = List.copyOf(faults);
        }

        static Outcome of(String label) {
            return new Outcome(label, List.of(), null);
        }
    }

    static ReplayReply of(
            boolean dryRun, List<Row> rows, RejectedPage.Meta meta, Freshness fresh, @Nullable String position) {
        var outcomes = new TreeMap<String, Integer>();
        rows.forEach(row -> outcomes.merge(row.outcome(), 1, Math::addExact));
        return new ReplayReply(dryRun, rows, outcomes, meta, fresh.complete(), fresh.missingPartitions(), position);
    }
}
