package io.tidemark.query.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param parameter the query parameter or path segment it lies in; null when it lies in the body
 * @param pointer JSON pointer into the body, empty for all of it; null when it lies in the URL
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(@Nullable String parameter, @Nullable String pointer, String message) {

    public static Fault ofParameter(String parameter, String message) {
        return new Fault(parameter, null, message);
    }

    public static Fault ofPointer(String pointer, String message) {
        return new Fault(null, pointer, message);
    }
}
