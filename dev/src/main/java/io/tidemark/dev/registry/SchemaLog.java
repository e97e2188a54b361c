package io.tidemark.dev.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes {@code _schemas}. The state changes only by reading, also after our own writes: so a write whose
 * acknowledgement got lost is known before the next decision, and memory can never disagree with the topic.
 */
final class SchemaLog implements Ledger, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaLog.class);
    private static final TopicPartition PARTITION = new TopicPartition(SchemaTopic.NAME, 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Subjects subjects;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;

    private SchemaLog(Subjects subjects, String bootstrapServers) {
        this.subjects = subjects;
        this.producer =
                new KafkaProducer<>(producing(bootstrapServers), new StringSerializer(), new StringSerializer());
        this.consumer =
                new KafkaConsumer<>(consuming(bootstrapServers), new StringDeserializer(), new StringDeserializer());
    }

    /** Returns when everything the topic holds has been applied to the state. */
    static SchemaLog open(String bootstrapServers, Subjects subjects) {
        SchemaTopic.ensure(bootstrapServers);
        var log = new SchemaLog(subjects, bootstrapServers);
        try {
            log.consumer.assign(List.of(PARTITION));
            log.consumer.seekToBeginning(List.of(PARTITION));
            log.readTo(0);
            return log;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    @Override
    public synchronized <T> T write(Supplier<Change<T>> decision) {
        try {
            readTo(0);
            var change = decision.get();
            if (!change.entries().isEmpty()) {
                readTo(append(change.entries()) + 1);
            }
            return change.answer();
        } catch (KafkaException | ExecutionException e) {
            LOG.error("{} could not be read or written", SchemaTopic.NAME, e);
            throw Fault.storeFailed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.storeFailed("interrupted");
        }
    }

    /** Returns the offset of the last record, once all are acknowledged. */
    private long append(List<Entry> entries) throws ExecutionException, InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var entry : entries) {
            var value = entry.value().map(Object::toString).orElse(null);
            sent.add(producer.send(
                    new ProducerRecord<>(SchemaTopic.NAME, entry.key().toString(), value)));
        }
        var last = 0L;
        for (var it : sent) {
            last = it.get().offset();
        }
        return last;
    }

    /** Reads up to the given offset, and in any case to the end as it is now. */
    private void readTo(long offset) {
        var end = Math.max(offset, consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(PARTITION) < end) {
            consumer.poll(POLL).forEach(this::apply);
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(SchemaTopic.NAME + " was not read to " + end + " in " + PATIENCE);
            }
        }
    }

    private void apply(ConsumerRecord<String, String> read) {
        try {
            EntryReader.read(read.key(), read.value()).ifPresent(entry -> entry.applyTo(subjects));
        } catch (IllegalArgumentException e) {
            // One record that cannot be read must not take all the others away.
            LOG.warn("{} at offset {} is skipped: {}", SchemaTopic.NAME, read.offset(), e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }

    private static Map<String, Object> producing(String bootstrapServers) {
        return with(
                bootstrapServers,
                Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "0",
                        "max.block.ms", "10000",
                        "request.timeout.ms", "5000",
                        "delivery.timeout.ms", "10000"));
    }

    /**
     * A broker answers the requests of one connection in turn. A fetch left waiting for records that do not come would
     * hold up the next question for the end of the log, by half a second each time: hence the short wait.
     */
    private static Map<String, Object> consuming(String bootstrapServers) {
        return with(
                bootstrapServers,
                Map.of(
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "fetch.max.wait.ms", "1",
                        "request.timeout.ms", "5000",
                        "default.api.timeout.ms", "10000"));
    }

    private static Map<String, Object> with(String bootstrapServers, Map<String, String> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }
}
