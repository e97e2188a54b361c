package io.tidemark.query.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.usage.UsageByCustomerBody.Row;
import java.io.IOException;

/** Takes the rows of an export as they come. */
public interface RowWriter {

    /** Before all of them. */
    void begin(Head head) throws IOException;

    /**
     * One of them.
     *
     * @param json as it was answered
     * @param row the same, understood
     */
    void row(JsonNode json, Row row) throws IOException;
}
