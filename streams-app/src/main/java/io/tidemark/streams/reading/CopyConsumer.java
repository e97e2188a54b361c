package io.tidemark.streams.reading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer that Kafka Streams reads changelogs with; tells {@link Copies} how far it is.
 *
 * <p>{@link CopyListener} hears of records alone, and the last offsets of a changelog are marks of a transaction: by records, a
 * copy never reaches the end. The consumer's own position counts marks, and is what Kafka Streams goes by when it restores an
 * active task.
 */
public final class CopyConsumer extends KafkaConsumer<byte[], byte[]> {
    private final String changelog;
    private final Copies copies;

    /** @param changelog of the hot store */
    public CopyConsumer(Map<String, Object> config, String changelog, Copies copies) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.changelog = changelog;
        this.copies = copies;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> read = super.poll(atMost);
        read.nextOffsets().forEach((at, next) -> {
            if (at.topic().equals(changelog)) {
                copies.fetched(at.partition(), last(read.records(at)), next.offset());
            }
        });
        return read;
    }

    private static long last(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.isEmpty() ? -1 : records.get(records.size() - 1).offset();
    }
}
