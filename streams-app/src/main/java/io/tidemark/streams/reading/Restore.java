package io.tidemark.streams.reading;

/**
 * A store of a partition that is being read from its changelog, before the partition can be counted here.
 *
 * @param restored records of the changelog that are read
 * @param total how many there were to read when it began; the marks of transactions among them
 */
public record Restore(String store, int partition, long restored, long total) {

    boolean isDone() {
        return restored >= total;
    }
}
