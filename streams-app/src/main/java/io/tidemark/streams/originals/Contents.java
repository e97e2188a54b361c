package io.tidemark.streams.originals;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record's value says. */
public sealed interface Contents {

    /**
     * All of its fields, by their names on the wire and in the order of the writer's schema: exact decimals as text, timestamps as
     * {@link java.time.Instant}, whole numbers as {@link Long}, texts, lists and maps of these; null where the event says null.
     *
     * @param schema full name of the schema that it was written with
     */
    record Said(int schemaId, String schema, Map<String, @Nullable Object> fields) implements Contents {
        public Said {
            // Not a copy as others are: those refuse nulls.
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** It cannot be read, now or later, and why. */
    record Unreadable(String why) implements Contents {}

    /** The registry cannot be asked now for the schema it was written with. */
    record SchemaAway(int schemaId) implements Contents {}
}
