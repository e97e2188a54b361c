package io.tidemark.dev.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.coordinator.transaction.TransactionLog;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.TxnTransitMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A transaction ends as it was decided, whatever happened to the broker after the decision. */
@Timeout(240)
final class DecidedTransactionsIT {
    private static final TopicPartition DATA = new TopicPartition("data", 0);
    private static final String TRANSACTIONAL_ID = "t";
    /** Where the state of {@code t} lies. */
    private static final TopicPartition LOG = new TopicPartition("__transaction_state", 0);

    @TempDir
    private Path directory;

    @Test
    void oneThatHangsAndWasCommittedIsCommitted() throws Exception {
        try (var broker = hanging(TransactionState.PREPARE_COMMIT)) {
            assertThat(hangs(broker)).as("control: nobody else ends it").isTrue();
            endHanging(broker);
            assertThat(committed(broker)).containsExactly("event");
        }
    }

    @Test
    void oneThatHangsAndWasAbortedIsAborted() throws Exception {
        try (var broker = hanging(TransactionState.PREPARE_ABORT)) {
            assertThat(hangs(broker)).as("control: nobody else ends it").isTrue();
            endHanging(broker);
            assertThat(committed(broker)).isEmpty();
        }
    }

    /**
     * What a kill leaves is a copy of a directory that is in use: the broker is registered in it, and leads. Its session
     * lasts for a day; were it not forgotten, the start would fail.
     */
    @Test
    void oneThatWasDecidedWhenItsBrokerWasKilledEndsWithoutHelp() throws Exception {
        Path running = directory.resolve("running");
        Path killed = directory.resolve("killed");
        try (var broker = EmbeddedBroker.start(running, 0)) {
            var producer = open(broker);
            TransactionMetadata transaction = transaction(broker);
            write(broker, decided(transaction, TransactionState.PREPARE_COMMIT));
            copy(running, killed);
            producer.close(Duration.ZERO);
        }
        try (var broker = EmbeddedBroker.start(killed, 0)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> !hangs(broker));
            assertThat(committed(broker)).containsExactly("event");
        }
    }

    private static void endHanging(EmbeddedBroker broker) {
        HangingTransactions hanging = HangingTransactions.endAt(broker);
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> !hangs(broker));
        } finally {
            hanging.close();
        }
    }

    /** A broker that has a transaction open which it takes for finished: its log says decided, and complete. */
    private EmbeddedBroker hanging(TransactionState decision) throws Exception {
        try (var broker = EmbeddedBroker.start(directory, 0)) {
            var producer = open(broker);
            TransactionMetadata transaction = transaction(broker);
            TxnTransitMetadata decided = decided(transaction, decision);
            write(broker, decided);
            transaction.completeTransitionTo(decided);
            write(broker, transaction.prepareComplete(System.currentTimeMillis()));
            producer.close(Duration.ZERO);
        }
        return EmbeddedBroker.start(directory, 0);
    }

    private static TxnTransitMetadata decided(TransactionMetadata transaction, TransactionState decision) {
        return transaction.prepareAbortOrCommit(
                decision, transaction.clientTransactionVersion(), -1, System.currentTimeMillis(), false);
    }

    /** A producer with a record in a transaction that it does not end. */
    private static KafkaProducer<byte[], byte[]> open(EmbeddedBroker broker) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(DATA.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        var producer = producer(broker, Map.of("transactional.id", TRANSACTIONAL_ID));
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(DATA.topic(), "event".getBytes(UTF_8)))
                .get();
        return producer;
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker, Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static TransactionMetadata transaction(EmbeddedBroker broker) {
        List<ConsumerRecord<byte[], byte[]>> log = read(broker, LOG, "read_uncommitted");
        ConsumerRecord<byte[], byte[]> last = log.get(log.size() - 1);
        var read = TransactionLog.read(ByteBuffer.wrap(last.key()), ByteBuffer.wrap(last.value()));
        return ((TransactionLog.TxnRecord) read).metadata();
    }

    /** Writes into the coordinator's log behind its back; of clients Kafka lets one alone. */
    private static void write(EmbeddedBroker broker, TxnTransitMetadata state) throws Exception {
        try (var writer = producer(broker, Map.of("client.id", "__admin_client"))) {
            writer.send(new ProducerRecord<>(
                            LOG.topic(),
                            LOG.partition(),
                            TransactionLog.keyToBytes(TRANSACTIONAL_ID),
                            TransactionLog.valueToBytes(state, state.clientTransactionVersion())))
                    .get();
        }
    }

    private static boolean hangs(EmbeddedBroker broker) {
        return end(broker, "read_committed") < end(broker, "read_uncommitted");
    }

    private static List<String> committed(EmbeddedBroker broker) {
        return read(broker, DATA, "read_committed").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static long end(EmbeddedBroker broker, String isolation) {
        try (var consumer = consumer(broker, isolation)) {
            return Objects.requireNonNull(consumer.endOffsets(List.of(DATA)).get(DATA));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            EmbeddedBroker broker, TopicPartition partition, String isolation) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = consumer(broker, isolation)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
