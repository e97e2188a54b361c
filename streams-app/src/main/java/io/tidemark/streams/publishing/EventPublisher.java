package io.tidemark.streams.publishing;

import io.tidemark.streams.event.EventKind;
import java.util.Map;

/** Writes events to their topics. */
public interface EventPublisher extends AutoCloseable {

    /**
     * Writes one event and waits until the broker has acknowledged it ({@code acks=all}).
     *
     * @param fields by the names of the Avro schema ({@code tenant_id}, {@code input_tokens}, …). Texts as {@code
     *     String}; counts as {@code Long} or {@code Integer}; decimals as {@code BigDecimal}; instants as {@code
     *     Instant}; tags and dimensions as {@code Map<String, String>}. What is absent or null takes the default
     * @throws InvalidEvent when a field is unknown, missing or of another type; lists every fault
     * @throws PublishFailed when Kafka or the registry did not take it
     */
    Published publish(EventKind kind, Map<String, ?> fields);

    @Override
    void close();

    /** Where an event lies; {@code position} may be given to a read as {@code after}. */
    record Published(String topic, int partition, long offset, String position) {}
}
