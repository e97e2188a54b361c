package io.tidemark.streams.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.tables.TopicTable;
import io.tidemark.streams.tables.TopicWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends commands to whichever instance has the tenant's directory, and hears by {@code customer-results} what came of them.
 * Each instance reads all results, committed ones alone, so that nobody is told of what may yet be taken back.
 */
public final class DirectoryClient implements CustomerDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryClient.class);
    private static final Duration UNTIL_HERE = Duration.ofSeconds(3);

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final TopicTable results;
    private final Held held;
    private final Map<UUID, List<CompletableFuture<Outcome>>> waiting = new ConcurrentHashMap<>();

    /**
     * Waits until this instance's own copy of the customers holds a version of one of them; says which position that is, or
     * nothing when it did not come in time.
     */
    @FunctionalInterface
    public interface Held {
        Optional<String> await(String tenant, String externalId, long version, Duration atMost)
                throws InterruptedException;
    }

    public DirectoryClient(MeteringSettings settings, Held held) {
        this.topics = Topics.withPrefix(settings.topicPrefix());
        this.held = held;
        producer = TopicWriter.of(settings, "commands");
        results = TopicTable.newsOf(settings, topics.customerResults().name(), this::hear);
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        ResultRecord.decode(record.value()).ifPresent(result -> {
            waiting.getOrDefault(result.commandId(), List.of()).forEach(waiter -> waiter.complete(result.outcome()));
        });
    }

    @Override
    public Optional<Done> send(Command.Awaited command, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        var answer = new CompletableFuture<Outcome>();
        // The same command may be waited for by several callers here.
        waiting.computeIfAbsent(command.commandId(), any -> new CopyOnWriteArrayList<>())
                .add(answer);
        try {
            // Results that are written before we listen would be missed.
            if (!results.awaitCaughtUp(left(end))) {
                return Optional.empty();
            }
            producer.send(new ProducerRecord<>(
                            topics.customerCommands().name(),
                            command.tenant().getBytes(UTF_8),
                            CommandRecord.encode(command)))
                    .get(left(end).toNanos(), TimeUnit.NANOSECONDS);
            Outcome outcome = answer.get(left(end).toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(new Done(outcome, awaitHere(outcome, left(end))));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptException e) {
            throw new InterruptedException("interrupted while a command was sent");
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("command not taken by Kafka because={}", e.toString());
            return Optional.empty();
        } finally {
            waiting.computeIfPresent(command.commandId(), (id, waiters) -> without(answer, waiters));
        }
    }

    private static @Nullable List<CompletableFuture<Outcome>> without(
            CompletableFuture<Outcome> answer, List<CompletableFuture<Outcome>> waiters) {
        waiters.removeIf(one -> one == answer);
        return waiters.isEmpty() ? null : waiters;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /**
     * Who changed a customer here and asks for it here gets what was changed. That it is changed is known already: where the
     * change is slow to get around, as when the registry is away, the answer does not wait for it.
     */
    private Optional<String> awaitHere(Outcome outcome, Duration atMost) throws InterruptedException {
        Optional<Customer> done = outcome.done();
        if (done.isEmpty()) {
            return Optional.empty();
        }
        Customer one = done.get();
        Duration patience = atMost.compareTo(UNTIL_HERE) < 0 ? atMost : UNTIL_HERE;
        return held.await(one.tenant(), one.externalId(), one.version(), patience);
    }

    /** Whether it hears results, without which nobody would be answered. */
    public boolean isListening() {
        return results.isCaughtUp();
    }

    @Override
    public void close() {
        results.close();
        producer.close(Duration.ofSeconds(1));
    }
}
