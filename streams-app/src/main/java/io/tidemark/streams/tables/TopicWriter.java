package io.tidemark.streams.tables;

import io.tidemark.streams.MeteringSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the producers of what an instance writes by itself, not through its topology. */
public final class TopicWriter {
    private static final int DELIVERY_MILLIS = 10_000;

    private TopicWriter() {}

    /**
     * One whose records are written once and acknowledged by every in-sync replica, or given up after 10 seconds.
     *
     * @param purpose names it in the broker's logs and metrics
     */
    public static Producer<byte[], byte[]> of(MeteringSettings settings, String purpose) {
        return of(settings, purpose, Map.of());
    }

    /** The same, in some ways otherwise. */
    public static Producer<byte[], byte[]> of(MeteringSettings settings, String purpose, Map<String, ?> otherwise) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS / 2);
        config.putAll(otherwise);
        config.putAll(settings.client(purpose));
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
