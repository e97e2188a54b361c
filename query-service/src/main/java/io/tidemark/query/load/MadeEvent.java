package io.tidemark.query.load;

import io.tidemark.streams.event.EventKind;
import java.util.Map;

/** An event that was made up; its fields by the names of the schema. */
public record MadeEvent(EventKind kind, Map<String, Object> fields) {}
