package io.tidemark.streams.reconciliation;

/**
 * What became of the records that were appended in some hours.
 *
 * @param from the first, in hours since 1970-01-01T00:00Z
 * @param to the one after the last
 * @param byPartition whether partitions are told apart
 */
public record TallyQuestion(int from, int to, boolean byPartition) {}
