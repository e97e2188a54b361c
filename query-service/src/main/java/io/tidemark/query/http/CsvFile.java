package io.tidemark.query.http;

import io.tidemark.streams.reading.Freshness;
import java.util.Optional;

/**
 * An answer as a file of CSV. What stands beside the rows in JSON is told in headers.
 *
 * @param name by which a browser keeps it
 * @param next where the rows behind these are, path and query; empty where there are none
 */
public record CsvFile(String name, String text, Freshness freshness, Optional<String> next) {
    public CsvFile {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("a name that is not safe everywhere: " + name);
        }
    }
}
