package io.tidemark.dev.chaos;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/** One event that was made up, and what is known of where it lies. */
final class Made {
    private final String tenant;
    private final String customer;
    private final SpecificRecordBase event;
    private final Way way;
    private final boolean counts;
    private final List<Append> appends = new ArrayList<>();
    private volatile long begunAt = Long.MAX_VALUE;

    /** How it comes to the broker. */
    enum Way {
        /** By a producer that places keys as Java's do. */
        KAFKA,
        /** By one that places them as librdkafka does: mostly in a foreign partition. */
        KAFKA_ELSEWHERE,
        HTTP
    }

    /**
     * Where it was appended, as whoever appended it was told.
     *
     * @param topic 1 requests, 2 usage
     * @param at when at the latest, UTC milliseconds
     */
    record Append(int topic, int partition, long offset, long at) {}

    Made(String tenant, String customer, SpecificRecordBase event, Way way, boolean counts) {
        this.tenant = tenant;
        this.customer = customer;
        this.event = event;
        this.way = way;
        this.counts = counts;
    }

    String tenant() {
        return tenant;
    }

    String customer() {
        return customer;
    }

    SpecificRecordBase event() {
        return event;
    }

    Way way() {
        return way;
    }

    /** Whether it must be counted: its producer's clock is not as wrong as that. */
    boolean counts() {
        return counts;
    }

    /** From now on it may be anywhere. */
    void begin(long now) {
        begunAt = Math.min(begunAt, now);
    }

    long begunAt() {
        return begunAt;
    }

    synchronized void acknowledge(Append append) {
        appends.add(append);
    }

    synchronized boolean isAcknowledged() {
        return !appends.isEmpty();
    }

    synchronized List<Append> appends() {
        return List.copyOf(appends);
    }
}
