package io.tidemark.query.oracle;

/**
 * The last line of a file, without which it is not whole. It alone differs between two runs of the same load.
 *
 * @param events how many are summed up
 * @param unacknowledged how many more may or may not have been written
 * @param position an answer must contain; empty where it is not known
 */
public record End(long rows, long events, long unacknowledged, String position) {}
