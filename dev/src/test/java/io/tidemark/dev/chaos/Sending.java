package io.tidemark.dev.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.AvroTrust;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that gives up on a record soon, and says so: whoever sends decides to send it again. */
final class Sending implements AutoCloseable {
    private static final String REQUESTS = "tidemark.requests";
    private static final String USAGE = "tidemark.usage";

    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private final KafkaProducer<byte[], byte[]> producer;

    Sending(String kafka, String registry) {
        AvroTrust.establish();
        serializer.configure(Map.of("schema.registry.url", registry, "auto.register.schemas", false), false);
        var config = new HashMap<String, Object>(Map.of(
                "bootstrap.servers", kafka,
                "acks", "all",
                "linger.ms", 5,
                "max.block.ms", 2_000,
                "request.timeout.ms", 2_000,
                "delivery.timeout.ms", 4_000,
                "reconnect.backoff.max.ms", 200));
        producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Exactly one of the two is called, later. */
    void send(Made made, Consumer<Made.Append> acknowledged, Runnable failed) {
        int topic = topic(made);
        String name = topic == 1 ? REQUESTS : USAGE;
        byte[] key = (made.tenant() + "/" + made.customer()).getBytes(UTF_8);
        byte[] value = serializer.serialize(name, made.event());
        var record = made.way() == Made.Way.KAFKA_ELSEWHERE
                ? new ProducerRecord<>(name, crc32(key), key, value)
                : new ProducerRecord<>(name, key, value);
        var unused = producer.send(record, (at, notSent) -> {
            if (notSent == null) {
                acknowledged.accept(new Made.Append(topic, at.partition(), at.offset(), at.timestamp()));
            } else {
                failed.run();
            }
        });
    }

    static int topic(Made made) {
        return made.event() instanceof UsageEvent ? 2 : 1;
    }

    private static int crc32(byte[] key) {
        var crc = new CRC32();
        crc.update(key);
        return (int) (crc.getValue() % Cluster.PARTITIONS);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        serializer.close();
    }
}
