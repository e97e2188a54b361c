package io.tidemark.streams.event;

/** Where a record lies. */
public record Coordinates(Source topic, int partition, long offset) {}
