package io.tidemark.streams;

import io.tidemark.streams.intake.CutBytes;
import io.tidemark.streams.reading.Copies;
import io.tidemark.streams.reading.CopyConsumer;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams as it makes them itself, but for two: the one that reads events cuts them, and the one that reads
 * changelogs says how far it is.
 */
final class OwnClients implements KafkaClientSupplier {
    private final String changelog;
    private final Copies copies;

    /** @param changelog of the hot store */
    OwnClients(String changelog, Copies copies) {
        this.changelog = changelog;
        this.copies = copies;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, CutBytes.ofKeys(), CutBytes.ofValues());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new CopyConsumer(config, changelog, copies);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
