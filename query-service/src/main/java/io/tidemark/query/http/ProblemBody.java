package io.tidemark.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.query.request.Fault;
import java.util.List;

/** The members of {@code application/problem+json}, in the order they are sent. */
record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {

    static final String CONTENT_TYPE = "application/problem+json";

    static ProblemBody of(Problem problem, String path, String requestId) {
        Problem.Kind kind = problem.kind();
        return new ProblemBody(
                kind.type(), kind.title(), kind.status(), problem.detail(), path, requestId, problem.errors());
    }

    /** The same with a status of Jetty's own choice. */
    ProblemBody withStatus(int chosen) {
        return new ProblemBody(type, title, chosen, detail, instance, requestId, errors);
    }
}
