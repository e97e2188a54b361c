package io.tidemark.streams.publishing;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events with Confluent's Avro serializer, as any producer would. */
public final class KafkaEventPublisher implements EventPublisher {
    /** Overrides for who hands over many events: gathered for a moment they cost producer and broker far less. */
    public static final Map<String, String> IN_BULK = Map.of("linger.ms", "10", "batch.size", "131072");

    private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;
    /** Some megabytes, and half a second of the fastest load seen. */
    private static final int MOST_ON_THEIR_WAY = 20_000;

    private final Topics topics;
    private final KafkaProducer<byte[], Object> producer;
    private final String where;
    private final WrittenOffsets written = new WrittenOffsets();
    private final Semaphore onItsWay = new Semaphore(MOST_ON_THEIR_WAY);

    private KafkaEventPublisher(Topics topics, String where, KafkaProducer<byte[], Object> producer) {
        this.topics = topics;
        this.where = where;
        this.producer = producer;
    }

    /**
     * Connects when the first event is written.
     *
     * @param connection the registry must have the subjects
     */
    public static EventPublisher connect(Connection connection, String topicPrefix) {
        AvroTrust.establish();
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS / 3);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS / 3);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, KafkaAvroSerializer.class);
        config.put("schema.registry.url", connection.registry());
        config.put("auto.register.schemas", false);
        config.putAll(connection.registryClient());
        config.putAll(connection.client());
        try {
            return new KafkaEventPublisher(
                    Topics.withPrefix(topicPrefix), connection.toString(), new KafkaProducer<>(config));
        } catch (KafkaException e) {
            throw new PublishFailed(connection + " cannot be reached as it is set: " + reason(e), e);
        }
    }

    @Override
    public Published publish(EventKind kind, Map<String, ?> fields) {
        RecordMetadata at = send(record(kind, fields));
        written.add(source(kind), at.partition(), at.offset());
        var position = new Position(List.of(new Coordinates(source(kind), at.partition(), at.offset())));
        return new Published(at.topic(), at.partition(), at.offset(), position.token());
    }

    @Override
    public void publish(EventKind kind, Map<String, ?> fields, Delivery delivery) {
        ProducerRecord<byte[], Object> record = record(kind, fields);
        enter();
        try {
            var unused = producer.send(record, (at, failure) -> {
                onItsWay.release();
                if (failure == null) {
                    written.add(source(kind), at.partition(), at.offset());
                    delivery.acknowledged();
                } else {
                    delivery.failed(new PublishFailed("the event was not taken (" + where + "): " + failure, failure));
                }
            });
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            onItsWay.release();
            delivery.failed(couldNotSend(e));
        }
    }

    private void enter() {
        try {
            onItsWay.acquire();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private ProducerRecord<byte[], Object> record(EventKind kind, Map<String, ?> fields) {
        SpecificRecordBase event = AvroEventBuilder.toAvro(kind, fields);
        String tenant = (String) event.get("tenant_id");
        if (tenant.indexOf('/') >= 0) {
            throw new InvalidEvent(List.of("tenant_id has a slash"));
        }
        byte[] key = new EventKey(tenant, (String) event.get("external_customer_id")).bytes();
        Topic topic = kind == EventKind.REQUEST ? topics.requests() : topics.usage();
        return new ProducerRecord<>(topic.name(), key, event);
    }

    private static Source source(EventKind kind) {
        return kind == EventKind.REQUEST ? Source.REQUESTS : Source.USAGE;
    }

    private RecordMetadata send(ProducerRecord<byte[], Object> record) {
        try {
            return producer.send(record).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new PublishFailed("the event was not taken (" + where + "): " + e.getCause(), e);
        } catch (KafkaException e) {
            throw couldNotSend(e);
        }
    }

    private PublishFailed couldNotSend(KafkaException e) {
        return new PublishFailed("the event could not be sent (" + where + "): " + reason(e), e);
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public String position() {
        return written.position().token();
    }

    private static String reason(KafkaException e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + e.getCause();
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(DELIVERY_TIMEOUT_MILLIS));
    }
}
