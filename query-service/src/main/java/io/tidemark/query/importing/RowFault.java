package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.request.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is wrong with a row.
 *
 * @param column empty where it is the row as a whole
 */
record RowFault(String column, String message) {

    static RowFault of(Fault fault) {
        return fault.pointer() == null
                ? new RowFault(String.valueOf(fault.parameter()), fault.message())
                : new RowFault(column(fault.pointer()), fault.message());
    }

    /** Those of a problem that an instance answered; what it says of the whole where it says nothing more. */
    static List<RowFault> of(JsonNode problem) {
        var faults = new ArrayList<RowFault>();
        for (JsonNode error : problem.path("errors")) {
            String column = error.has("pointer")
                    ? column(error.path("pointer").asText())
                    : error.path("parameter").asText();
            faults.add(new RowFault(column, error.path("message").asText()));
        }
        if (faults.isEmpty()) {
            faults.add(new RowFault("", problem.path("detail").asText("was answered")));
        }
        return faults;
    }

    /** A pointer into the body as the header of a CSV file would say it: {@code metadata.plan}. */
    private static String column(String pointer) {
        String steps = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        return steps.replace('/', '.').replace("~1", "/").replace("~0", "~");
    }
}
