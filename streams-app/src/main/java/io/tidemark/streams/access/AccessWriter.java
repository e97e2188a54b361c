package io.tidemark.streams.access;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.tables.TopicTable;
import io.tidemark.streams.tables.TopicWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes records and waits until every in-sync replica and our own table have them. */
final class AccessWriter implements AutoCloseable {
    private static final Duration UNTIL_READ = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;

    AccessWriter(MeteringSettings settings) {
        producer = TopicWriter.of(settings, "access");
    }

    void write(String topic, byte[] key, byte[] value, TopicTable table) {
        write(List.of(new ProducerRecord<>(topic, key, value)), table);
    }

    /** Takes away what lies under these keys. */
    void delete(String topic, List<byte[]> keys, TopicTable table) {
        write(
                keys.stream()
                        .map(key -> new ProducerRecord<byte[], byte[]>(topic, key, null))
                        .toList(),
                table);
    }

    private void write(List<ProducerRecord<byte[], byte[]>> records, TopicTable table) {
        try {
            var sent = records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> record : sent) {
                RecordMetadata at = record.get();
                if (!table.await(at.partition(), at.offset(), UNTIL_READ)) {
                    throw new ChangeFailed("it was written, but is not read back yet");
                }
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
