package io.tidemark.streams.reading;

/**
 * What some partitions said to a question.
 *
 * @param freshness how fresh it is, and which of the partitions that were asked are missing in it
 */
public record Part<A>(A value, Freshness freshness) {}
