package io.tidemark.query.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.query.request.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of many events.
 *
 * @param position of all that were accepted
 */
record BatchReply(List<Result> results, String position) {

    /**
     * Of one of them.
     *
     * @param id null where it has none
     * @param status {@code accepted}; {@code invalid}: not taken; {@code unavailable}: not acknowledged, may be sent again
     * @param outcome as of {@link EventReply}
     */
    record Result(
            int index,
            @Nullable String id,
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String outcome,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {}
}
