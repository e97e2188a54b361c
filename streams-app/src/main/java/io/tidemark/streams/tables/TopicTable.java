package io.tidemark.streams.tables;

import io.tidemark.streams.MeteringSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a compacted topic from its beginning, and then for as long as this instance runs: what is committed to it is a row
 * here a moment later. Each instance reads all of it by itself, in no group. Or it begins later than at the beginning.
 */
public final class TopicTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTable.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
    private static final int MANY = 20_000;

    private final String topic;
    private final Map<String, Object> config;
    private final Rows rows;
    private final long back;
    private final boolean byAndBy;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Consumer<?, ?> reading;
    private volatile boolean failing;

    /** Takes the rows, one thread's alone; the same row may come again. */
    @FunctionalInterface
    public interface Rows {
        /** A row whose value is null is gone. */
        void take(ConsumerRecord<byte[], byte[]> row);

        /** Everything that was in the topic when reading began has been taken; said once, before the table says so. */
        default void caughtUp() {}

        /** All rows of a partition that lie before an offset were taken, or lie before where reading began. */
        default void upTo(int partition, long offset) {}
    }

    private TopicTable(MeteringSettings settings, String topic, Rows rows, long back, boolean byAndBy) {
        this.topic = topic;
        this.rows = rows;
        this.back = back;
        this.byAndBy = byAndBy;
        config = settings.client(topic);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (byAndBy) {
            config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MANY);
        }
        thread = new Thread(this::readUntilClosed, "tidemark-table-" + topic);
        thread.setDaemon(true);
    }

    /** Begins to read; returns at once. */
    public static TopicTable of(MeteringSettings settings, String topic, Rows rows) {
        return started(new TopicTable(settings, topic, rows, Long.MAX_VALUE, false));
    }

    /** Begins to read what comes from now on; it does from when it {@link #isCaughtUp}. */
    public static TopicTable newsOf(MeteringSettings settings, String topic, Rows rows) {
        return started(new TopicTable(settings, topic, rows, 0, false));
    }

    /**
     * Begins to read a little before what comes from now on, and takes it by and by: up to a tenth of a second later, and many rows at once where many
     * come, which costs less.
     *
     * @param back how many offsets before the end of each partition
     */
    public static TopicTable latestOf(MeteringSettings settings, String topic, Rows rows, long back) {
        return started(new TopicTable(settings, topic, rows, back, true));
    }

    private static TopicTable started(TopicTable table) {
        table.thread.start();
        return table;
    }

    /** Whether it holds everything that was in the topic when reading began. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits for {@link #isCaughtUp}; says whether it came in time. */
    public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the record at an offset is a row here; says whether it came in time. */
    public boolean await(int partition, long offset, Duration atMost) throws InterruptedException {
        var at = new TopicPartition(topic, partition);
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (positions) {
            while (positions.getOrDefault(at, 0L) <= offset) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                positions.wait(left);
            }
            return true;
        }
    }

    private void readUntilClosed() {
        while (!isClosing()) {
            try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                reading = consumer;
                read(consumer);
            } catch (KafkaException e) {
                rest(e);
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("not seen yet");
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        goOnFromWhereWeWere(consumer, ends);
        while (!isClosing()) {
            ConsumerRecords<byte[], byte[]> some = consumer.poll(isCaughtUp() ? POLL : Duration.ofMillis(10));
            some.forEach(this::take);
            failing = false;
            note(consumer, partitions, ends);
            if (byAndBy && isCaughtUp() && !some.isEmpty()) {
                pause(BETWEEN_POLLS);
            }
        }
    }

    /** A row that cannot be taken must not keep back those behind it. */
    private void take(ConsumerRecord<byte[], byte[]> row) {
        try {
            rows.take(row);
        } catch (RuntimeException e) {
            LOG.error("row not taken topic={} partition={} offset={}", row.topic(), row.partition(), row.offset(), e);
        }
    }

    private void goOnFromWhereWeWere(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
        synchronized (positions) {
            ends.forEach((partition, end) -> {
                positions.putIfAbsent(
                        partition, Math.max(beginnings.getOrDefault(partition, 0L), end - Math.min(end, back)));
            });
            positions.forEach((partition, next) -> {
                consumer.seek(partition, next);
                rows.upTo(partition.partition(), next);
            });
        }
    }

    private void note(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        boolean all = true;
        synchronized (positions) {
            for (TopicPartition partition : partitions) {
                long next = consumer.position(partition);
                positions.put(partition, next);
                rows.upTo(partition.partition(), next);
                all &= next >= ends.getOrDefault(partition, 0L);
            }
            positions.notifyAll();
        }
        if (all && !isCaughtUp()) {
            rows.caughtUp();
            caughtUp.countDown();
        }
    }

    /** The broker may be away for long: said once, tried again each second. */
    private void rest(KafkaException e) {
        if (isClosing() || e instanceof WakeupException) {
            return;
        }
        if (!failing) {
            LOG.warn("table not read now topic={} because={}", topic, e.toString());
        }
        failing = true;
        pause(BETWEEN_TRIES);
    }

    private void pause(Duration time) {
        try {
            boolean unused = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        // Woken, not interrupted: a consumer that is interrupted cannot close in order.
        Consumer<?, ?> consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
