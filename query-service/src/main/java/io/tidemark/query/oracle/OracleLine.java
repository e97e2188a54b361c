package io.tidemark.query.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of an oracle's file, which says what is wrong with it. */
final class OracleLine {
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private final String where;
    private final JsonNode json;

    private OracleLine(String where, JsonNode json) {
        this.where = where;
        this.json = json;
    }

    /**
     * Reads it.
     *
     * @param text null where the file has ended
     */
    static OracleLine parse(String where, @Nullable String text) {
        if (text == null) {
            throw new NotAnOracle(where + " is missing: the file is not whole");
        }
        try {
            return new OracleLine(where, JSON.readValue(text));
        } catch (JsonProcessingException noJson) {
            throw new NotAnOracle(where + " is not JSON");
        }
    }

    boolean has(String name) {
        return json.has(name);
    }

    String text(String name) {
        require(json.path(name).isTextual(), "has no text " + name);
        return json.path(name).asText();
    }

    String textOrNull(String name) {
        return json.path(name).isNull() ? "" : text(name);
    }

    long count(String name) {
        require(json.path(name).canConvertToLong() && json.path(name).isIntegralNumber(), "has no number " + name);
        return json.path(name).asLong();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException none) {
            throw new NotAnOracle(where + " has no instant " + name);
        }
    }

    BigDecimal decimal(String name) {
        try {
            return new BigDecimal(text(name));
        } catch (NumberFormatException none) {
            throw new NotAnOracle(where + " has no decimal " + name);
        }
    }

    void require(boolean right, String otherwise) {
        if (!right) {
            throw new NotAnOracle(where + " " + otherwise);
        }
    }
}
