package io.tidemark.dev.broker;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that nobody else will end.
 *
 * <p>Kafka 4.3.1 takes a partition without a leader for a deleted one: a coordinator that loses its broker's leaderships
 * at the wrong moment skips the marker and takes the transaction for finished (KAFKA-20734). Nobody writes the marker then,
 * not even when the transaction times out, and whoever reads that partition committed waits for ever. {@link KilledBroker}
 * keeps that from happening; this ends what hangs all the same. It is what {@code kafka-transactions.sh find-hanging}
 * finds. One that is seen twice ends as its coordinator decided, which it may have said to the producer and done in other
 * partitions; one that was never decided is aborted: its producer is gone, because the coordinator knows it under a later
 * epoch or as finished.
 */
public final class HangingTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Set<String> UNDER_WAY =
            Set.of("Ongoing", "PrepareAbort", "PrepareCommit", "PrepareEpochFence");

    private final EmbeddedBroker broker;
    private final Admin admin;
    private Set<Suspect> suspects = Set.of();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-hanging-transactions");
        thread.setDaemon(true);
        return thread;
    });

    /** A transaction that is open in a partition; the same one when it is seen again, until it is written to. */
    private record Suspect(TopicPartition partition, ProducerState producer) {
        int coordinatorEpoch() {
            return producer.coordinatorEpoch().orElse(-1);
        }

        AbortTransactionSpec abort() {
            return new AbortTransactionSpec(
                    partition, producer.producerId(), (short) producer.producerEpoch(), coordinatorEpoch());
        }
    }

    private HangingTransactions(EmbeddedBroker broker) {
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** Looks every second, until it is closed. */
    public static HangingTransactions endAt(EmbeddedBroker broker) {
        var hanging = new HangingTransactions(broker);
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
        Map<TopicPartition, List<ProducerState>> open = OpenTransactions.of(admin);
        var hanging = new HashSet<Suspect>();
        if (!open.isEmpty()) {
            Set<Long> underWay = underWay();
            open.forEach((partition, producers) -> producers.stream()
                    .filter(producer -> !underWay.contains(producer.producerId()))
                    .forEach(producer -> hanging.add(new Suspect(partition, producer))));
        }
        for (Suspect suspect : hanging) {
            if (suspects.contains(suspect)) {
                end(suspect);
            }
        }
        suspects = hanging;
    }

    private void end(Suspect suspect) throws ExecutionException, InterruptedException {
        try {
            if (isUnderWay(suspect)) {
                return;
            }
            Optional<TransactionMetadata> commit = Decisions.on(
                            broker.bootstrapServers(), suspect.partition(), suspect.producer())
                    .filter(decision -> decision.state() == TransactionState.PREPARE_COMMIT);
            if (commit.isPresent()) {
                broker.writeCommitMarker(suspect.partition(), commit.get(), suspect.coordinatorEpoch());
            } else {
                admin.abortTransaction(suspect.abort()).all().get();
            }
            LOG.warn(
                    "transaction {} that nobody would have ended: {}",
                    commit.isPresent() ? "committed" : "aborted",
                    suspect);
        } catch (IOException | KafkaException e) {
            LOG.warn("transaction not ended that nobody will end: {} because={}", suspect, e.toString());
        }
    }

    /**
     * A coordinator that is not elected yet lists nothing, as if there were nothing. Asked for one transaction by its name
     * it says so, and Admin asks until it has loaded its log.
     */
    private boolean isUnderWay(Suspect suspect) throws ExecutionException, InterruptedException {
        Optional<String> name = Decisions.transactionalId(broker.bootstrapServers(), suspect.producer());
        if (name.isEmpty()) {
            return false;
        }
        try {
            return UNDER_WAY.contains(admin.describeTransactions(List.of(name.get()))
                    .description(name.get())
                    .get()
                    .state()
                    .toString());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    /** The producers whose transactions the coordinator knows of and will end, asked for after what is open. */
    private Set<Long> underWay() throws ExecutionException, InterruptedException {
        var producers = new HashSet<Long>();
        for (TransactionListing transaction : admin.listTransactions().all().get()) {
            if (UNDER_WAY.contains(transaction.state().toString())) {
                producers.add(transaction.producerId());
            }
        }
        return producers;
    }

    @Override
    public void close() {
        looking.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
