package io.tidemark.query.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An instance could not be reached, or refused; each line of the message is one reason. */
public final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailed(String message, Throwable cause) {
        super(message, cause);
    }

    private CallFailed(List<String> reasons) {
        super(String.join("\n", reasons));
    }

    /** What a problem says, every fault on a line. */
    static CallFailed refused(int status, JsonNode problem) {
        var reasons = new ArrayList<String>();
        reasons.add(status + " " + problem.path("detail").asText("was answered"));
        problem.path("errors").forEach(fault -> {
            String where = fault.path("pointer").asText(fault.path("parameter").asText());
            reasons.add(where + " " + fault.path("message").asText());
        });
        return new CallFailed(reasons);
    }
}
