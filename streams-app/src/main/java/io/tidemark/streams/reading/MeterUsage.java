package io.tidemark.streams.reading;

import io.tidemark.streams.event.EventKind;

/** What was used of one meter. A usage meter may be called {@code requests} too; the kind tells the two apart. */
public record MeterUsage(EventKind kind, String meter, Sums sums) {}
