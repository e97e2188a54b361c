package io.tidemark.benchmarks;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that sends as fast as it can, and knows what the last acknowledged offset of each partition is. */
final class Sending implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Integer, Long> last = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failed = new AtomicReference<>();

    Sending(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "compression.type", "lz4", "batch.size", 131_072),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends everything; returns when everything is acknowledged, with the position that contains it. */
    Position send(List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            var unused = producer.send(record, (at, failure) -> {
                if (failure == null) {
                    last.merge(at.partition(), at.offset(), Math::max);
                } else {
                    failed.compareAndSet(null, failure);
                }
            });
        }
        producer.flush();
        if (failed.get() != null) {
            throw new IllegalStateException("not acknowledged", failed.get());
        }
        return new Position(last.entrySet().stream()
                .map(one -> new Coordinates(Source.REQUESTS, one.getKey(), one.getValue()))
                .toList());
    }

    @Override
    public void close() {
        producer.close();
    }
}
