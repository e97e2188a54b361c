package io.tidemark.benchmarks.measuring;

import java.util.Map;

/** How records come out of the broker: the same for all who read from it. */
public enum Fetch {
    /** Catching up: much of one partition at a time, so that many events of it fall between two commits. */
    BULK("4194304", "5000"),
    /** As in live traffic: a little of each partition in turn. */
    INTERLEAVED("131072", "1000");

    private final String bytes;
    private final String records;

    Fetch(String bytes, String records) {
        this.bytes = bytes;
        this.records = records;
    }

    /** Settings of a consumer. */
    public Map<String, String> consumer() {
        return Map.of("max.partition.fetch.bytes", bytes, "max.poll.records", records);
    }
}
