package io.tidemark.query.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An instance could not be reached, or refused; each line of the message is one reason. */
public final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    CallFailed(String message, Throwable cause) {
        super(message, cause);
        status = 0;
        type = "";
    }

    private CallFailed(int status, String type, List<String> reasons) {
        super(String.join("\n", reasons));
        this.status = status;
        this.type = type;
    }

    /** What HTTP says; 0 where nothing was answered. */
    public int status() {
        return status;
    }

    /** The last part of the problem's type, such as {@code unknown_customer}; empty where there is none. */
    public String type() {
        return type;
    }

    /** What a problem says, every fault on a line. */
    static CallFailed refused(int status, JsonNode problem) {
        var reasons = new ArrayList<String>();
        reasons.add(status + " " + problem.path("detail").asText("was answered"));
        problem.path("errors").forEach(fault -> {
            String where = fault.path("pointer").asText(fault.path("parameter").asText());
            reasons.add(where + " " + fault.path("message").asText());
        });
        String type = problem.path("type").asText();
        return new CallFailed(status, type.substring(type.lastIndexOf(':') + 1), reasons);
    }
}
