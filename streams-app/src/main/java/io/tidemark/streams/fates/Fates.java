package io.tidemark.streams.fates;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.tables.TopicTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears what becomes of the events that this instance marked. Each instance reads all fates, committed ones alone. */
public final class Fates implements AutoCloseable {
    private final long writer = new SecureRandom().nextLong();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Told>> awaited = new ConcurrentHashMap<>();
    private final TopicTable news;

    public Fates(MeteringSettings settings) {
        String topic = Topics.withPrefix(settings.topicPrefix()).eventFates().name();
        news = TopicTable.newsOf(settings, topic, this::hear);
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (!Mark.isOne(record.key())) {
            return;
        }
        Mark mark = Mark.of(record.key());
        CompletableFuture<Told> waiting = mark.writer() == writer ? awaited.get(mark.number()) : null;
        if (waiting != null) {
            FateRecord.decode(record.value()).ifPresent(waiting::complete);
        }
    }

    /** Whether it hears what is told from now on; waits for that at most so long. */
    public boolean isListening(Duration atMost) throws InterruptedException {
        return news.awaitCaughtUp(atMost);
    }

    /** Begins to wait for one event, which must not be written before; ended by {@link Awaited#close}. */
    public Awaited await() {
        long number = numbers.getAndIncrement();
        var told = new CompletableFuture<Told>();
        awaited.put(number, told);
        return new Awaited(number, told);
    }

    /** One event whose fate is waited for. */
    public final class Awaited implements AutoCloseable {
        private final long number;
        private final CompletableFuture<Told> told;

        private Awaited(long number, CompletableFuture<Told> told) {
            this.number = number;
            this.told = told;
        }

        /** The value of the header {@link io.tidemark.schemas.Headers#TELL} of the event. */
        public byte[] mark() {
            return new Mark(writer, number).bytes();
        }

        /** What became of it; empty when that was not heard in time. */
        public Optional<Told> told(Duration atMost) throws InterruptedException {
            try {
                return Optional.of(told.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException late) {
                return Optional.empty();
            } catch (ExecutionException never) {
                throw new IllegalStateException("only ever completed with what was told", never);
            }
        }

        @Override
        public void close() {
            awaited.remove(number);
        }
    }

    @Override
    public void close() {
        news.close();
    }
}
