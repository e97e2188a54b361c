package io.tidemark.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every schema that a record ever had, {@code src/main/history/<Record>/<n>.avsc}: stores and compacted topics hold values
 * written with any of them, by whichever release made the last change.
 */
public final class SchemaHistory {
    private static final String WHERE = "/io/tidemark/events/history/";

    private SchemaHistory() {}

    /** The oldest first; the last is the one of today. */
    public static List<Schema> of(Schema today) {
        var versions = new ArrayList<Schema>();
        for (Schema next = version(today, 1); next != null; next = version(today, versions.size() + 1)) {
            versions.add(next);
        }
        return List.copyOf(versions);
    }

    private static @Nullable Schema version(Schema today, int number) {
        try (InputStream file =
                SchemaHistory.class.getResourceAsStream(WHERE + today.getName() + "/" + number + ".avsc")) {
            return file == null ? null : new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
