package io.tidemark.dev.broker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.coordinator.transaction.TransactionLog;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;

/**
 * How transactions were decided to end, out of the coordinators' own log: a decision lies there before anybody hears of
 * it, and before the first marker is written.
 */
final class Decisions {
    private static final Set<TransactionState> DECIDED =
            Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);
    private static final Duration WAIT = Duration.ofSeconds(1);

    private Decisions() {}

    /** The last decision on what the producer has open in the partition; empty when it never came to one. */
    static Optional<TransactionMetadata> on(String bootstrapServers, TopicPartition partition, ProducerState producer) {
        return last(bootstrapServers, one -> decides(one, partition, producer));
    }

    /** Under which name the producer's transactions are kept. */
    static Optional<String> transactionalId(String bootstrapServers, ProducerState producer) {
        return last(bootstrapServers, one -> one.producerId() == producer.producerId())
                .map(TransactionMetadata::transactionalId);
    }

    private static Optional<TransactionMetadata> last(String bootstrapServers, Predicate<TransactionMetadata> wanted) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> log = consumer.partitionsFor(Topic.TRANSACTION_STATE_TOPIC_NAME).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(log);
            consumer.seekToBeginning(log);
            return last(consumer, wanted);
        }
    }

    /** All states of one transactional id lie in one partition, in their order. */
    private static Optional<TransactionMetadata> last(
            Consumer<byte[], byte[]> log, Predicate<TransactionMetadata> wanted) {
        Optional<TransactionMetadata> last = Optional.empty();
        Map<TopicPartition, Long> ends = log.endOffsets(log.assignment());
        while (ends.entrySet().stream().anyMatch(end -> log.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : log.poll(WAIT)) {
                Optional<TransactionMetadata> read = read(record).filter(wanted);
                if (read.isPresent()) {
                    last = read;
                }
            }
        }
        return last;
    }

    private static Optional<TransactionMetadata> read(ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer value = record.value() == null ? null : ByteBuffer.wrap(record.value());
        return TransactionLog.read(ByteBuffer.wrap(record.key()), value) instanceof TransactionLog.TxnRecord read
                ? Optional.of(read.metadata())
                : Optional.empty();
    }

    /** Clients of today have their epoch raised with the decision, and so each transaction has its own; others keep it. */
    private static boolean decides(TransactionMetadata one, TopicPartition partition, ProducerState producer) {
        int raised = one.clientTransactionVersion().supportsEpochBump() ? 1 : 0;
        return DECIDED.contains(one.state())
                && one.producerId() == producer.producerId()
                && one.producerEpoch() == producer.producerEpoch() + raised
                && one.topicPartitions().contains(partition);
    }
}
