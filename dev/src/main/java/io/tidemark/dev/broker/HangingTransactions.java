package io.tidemark.dev.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that nobody else will end.
 *
 * <p>A {@code kill -9} of a node that is broker and coordinator at once can leave a transaction open in a partition that
 * the coordinator, once it is back, takes for finished (seen with Kafka 4.3.1, after a few of some sixty kills under load).
 * Nobody writes its marker then, not even when it times out, and whoever reads that partition committed waits for ever.
 * It is what {@code kafka-transactions.sh find-hanging} finds. One that is seen twice is aborted: its producer is gone,
 * because the coordinator knows it under a later epoch or as finished.
 */
public final class HangingTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Set<TransactionState> UNDER_WAY = Set.of(
            TransactionState.ONGOING,
            TransactionState.PREPARE_ABORT,
            TransactionState.PREPARE_COMMIT,
            TransactionState.PREPARE_EPOCH_FENCE);

    private final Admin admin;
    private Set<Suspect> suspects = Set.of();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-hanging-transactions");
        thread.setDaemon(true);
        return thread;
    });

    /** A transaction, and where it began: the same one when it is seen again. */
    private record Suspect(AbortTransactionSpec transaction, long startOffset) {}

    private HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Looks every second, until it is closed. */
    public static HangingTransactions endAt(String bootstrapServers) {
        var hanging = new HangingTransactions(Admin.create(Map.of("bootstrap.servers", bootstrapServers)));
        Future<?> unused = hanging.looking.scheduleWithFixedDelay(
                hanging::lookOrSay, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return hanging;
    }

    private void lookOrSay() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.debug("could not look for hanging transactions because={}", e.toString());
        }
    }

    private void look() throws ExecutionException, InterruptedException {
        Map<TopicPartition, List<ProducerState>> open = open();
        var hanging = new HashSet<Suspect>();
        if (!open.isEmpty()) {
            Set<Long> underWay = underWay();
            open.forEach((partition, producers) -> producers.stream()
                    .filter(producer -> !underWay.contains(producer.producerId()))
                    .forEach(producer -> hanging.add(suspect(partition, producer))));
        }
        for (Suspect suspect : hanging) {
            if (suspects.contains(suspect)) {
                LOG.warn("transaction aborted that nobody would have ended: {}", suspect);
                admin.abortTransaction(suspect.transaction()).all().get();
            }
        }
        suspects = hanging;
    }

    private Map<TopicPartition, List<ProducerState>> open() throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        var partitions = new ArrayList<TopicPartition>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        var open = new HashMap<TopicPartition, List<ProducerState>>();
        admin.describeProducers(partitions).all().get().forEach((partition, state) -> {
            List<ProducerState> producers = state.activeProducers().stream()
                    .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                    .toList();
            if (!producers.isEmpty()) {
                open.put(partition, producers);
            }
        });
        return open;
    }

    /** The producers whose transactions the coordinator knows of and will end, asked for after what is open. */
    private Set<Long> underWay() throws ExecutionException, InterruptedException {
        var producers = new HashSet<Long>();
        for (TransactionListing transaction : admin.listTransactions().all().get()) {
            if (UNDER_WAY.contains(transaction.state())) {
                producers.add(transaction.producerId());
            }
        }
        return producers;
    }

    private static Suspect suspect(TopicPartition partition, ProducerState producer) {
        var transaction = new AbortTransactionSpec(
                partition,
                producer.producerId(),
                (short) producer.producerEpoch(),
                producer.coordinatorEpoch().orElse(-1));
        return new Suspect(transaction, producer.currentTransactionStartOffset().orElse(-1));
    }

    @Override
    public void close() {
        looking.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
