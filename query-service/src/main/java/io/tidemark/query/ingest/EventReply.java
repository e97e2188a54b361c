package io.tidemark.query.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.query.request.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one event that was sent alone.
 *
 * @param outcome what became of it, where that was waited for: {@code pending} if it was not heard in time
 * @param errors why it was rejected, or what it conflicts with
 */
record EventReply(
        String id,
        String status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String outcome,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors,
        List<Warning> warnings,
        String position) {}
