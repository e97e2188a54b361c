package io.tidemark.streams.publishing;

import io.tidemark.streams.event.EventKind;
import java.util.Map;

/**
 * Writes events to their topics.
 *
 * <p>Fields go by the names of the Avro schema ({@code tenant_id}, {@code input_tokens}, …). Texts are {@code String};
 * counts {@code Long} or {@code Integer}; decimals {@code BigDecimal}; instants {@code Instant}; tags and dimensions
 * {@code Map<String, String>}. What is absent or null takes the default.
 */
public interface EventPublisher extends AutoCloseable {

    /**
     * Writes one event and waits until the broker has acknowledged it ({@code acks=all}).
     *
     * @throws InvalidEvent when a field is unknown, missing or of another type; lists every fault
     * @throws PublishFailed when Kafka or the registry did not take it
     */
    Published publish(EventKind kind, Map<String, ?> fields);

    /**
     * Hands one event over without waiting for the broker; waits only while too many are on their way.
     *
     * @param delivery is told once what became of it; perhaps at once, perhaps by a thread that all share
     * @throws InvalidEvent as above; the delivery is told nothing then
     */
    void publish(EventKind kind, Map<String, ?> fields, Delivery delivery);

    /** Waits until everything handed over is acknowledged or has failed. */
    void flush();

    /** Everything this publisher has written and had acknowledged, as a read's {@code after}. */
    String position();

    @Override
    void close();

    /** Where an event lies; {@code position} may be given to a read as {@code after}. */
    record Published(String topic, int partition, long offset, String position) {}

    /** What becomes of an event that was handed over. */
    interface Delivery {
        void acknowledged();

        /** It may have been written all the same. */
        void failed(PublishFailed why);
    }
}
