package io.tidemark.query.rejected;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.rejections.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rejected event in an answer.
 *
 * @param externalCustomerId null where it could not be read, as the two after it
 * @param first of a conflict, where the event lies that was counted
 * @param original what was sent, in the answer about one; in no other
 */
record RejectedBody(
        String id,
        List<String> reasons,
        List<Wrong> faults,
        @Nullable String externalCustomerId,
        @Nullable String eventId,
        @Nullable String source,
        String kind,
        Instant arrivedAt,
        String topic,
        int partition,
        long offset,
        boolean truncated,
        @Nullable Place first,
        Resolved resolved,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable OriginalBody original) {

    /** One thing wrong with it; the field is null where it lies in none alone. */
    record Wrong(String reason, @Nullable String field, String detail) {
        static Wrong of(Fault fault) {
            return new Wrong(fault.reason().label(), text(fault.field()), fault.detail());
        }
    }

    /**
     * Whether it was made good.
     *
     * @param by where the event lies that is counted in its place
     */
    record Resolved(String state, @Nullable Place by) {}

    static RejectedBody of(Rejection rejection) {
        return of(rejection, Optional.empty());
    }

    static RejectedBody of(Rejection rejection, Optional<OriginalBody> original) {
        Place at = Place.of(rejection.id().at());
        return new RejectedBody(
                rejection.id().text(),
                rejection.faults().stream()
                        .map(fault -> fault.reason().label())
                        .distinct()
                        .toList(),
                rejection.faults().stream().map(Wrong::of).toList(),
                text(rejection.claim().customer()),
                text(rejection.claim().id()),
                text(rejection.claim().source()),
                rejection.kind().label(),
                Instant.ofEpochMilli(rejection.id().appendedAt()),
                at.topic(),
                at.partition(),
                at.offset(),
                rejection.truncatedFrom() > 0,
                rejection.first().map(Place::of).orElse(null),
                new Resolved(
                        rejection.resolution().isPresent() ? "resolved" : "open",
                        rejection.resolution().map(by -> Place.of(by.by())).orElse(null)),
                original.orElse(null));
    }

    static @Nullable String text(String known) {
        return known.isEmpty() ? null : known;
    }
}
