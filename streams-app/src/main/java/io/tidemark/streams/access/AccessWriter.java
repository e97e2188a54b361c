package io.tidemark.streams.access;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.tables.TopicTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a record and waits until every in-sync replica and our own table have it. */
final class AccessWriter implements AutoCloseable {
    private static final int DELIVERY_MILLIS = 10_000;
    private static final Duration UNTIL_READ = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;

    AccessWriter(MeteringSettings settings) {
        Map<String, Object> config = settings.client("access");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS / 2);
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write(String topic, byte[] key, byte[] value, TopicTable table) {
        try {
            RecordMetadata at =
                    producer.send(new ProducerRecord<>(topic, key, value)).get();
            if (!table.await(at.partition(), at.offset(), UNTIL_READ)) {
                throw new ChangeFailed("it was written, but is not read back yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChangeFailed("interrupted while it was written", e);
        } catch (ExecutionException e) {
            throw new ChangeFailed("it was not taken: " + e.getCause(), e);
        } catch (KafkaException e) {
            throw new ChangeFailed("it could not be sent: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
