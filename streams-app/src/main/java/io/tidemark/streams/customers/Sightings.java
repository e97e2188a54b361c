package io.tidemark.streams.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.CommandRecord;
import io.tidemark.streams.directory.UuidV7;
import java.security.SecureRandom;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/** What the directory is told of a customer whose events are counted. */
final class Sightings {
    private final SecureRandom random = new SecureRandom();

    /** The record of {@code customer-commands}. */
    Record<byte[], byte[]> of(String tenant, String customer, HotCustomer seen, long timestamp) {
        Instant last = Instant.ofEpochMilli(seen.lastSeenAt());
        var sighting = new Command.Sighting(
                tenant, customer, UuidV7.next(last, random), Instant.ofEpochMilli(seen.firstSeenAt()), last);
        return new Record<>(tenant.getBytes(UTF_8), CommandRecord.encode(sighting), timestamp);
    }
}
