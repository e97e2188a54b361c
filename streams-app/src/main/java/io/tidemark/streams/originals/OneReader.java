package io.tidemark.streams.originals;

import io.tidemark.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A consumer that reads one record at a time, wherever it is told. One thread's at a time. */
final class OneReader implements AutoCloseable {
    /** Of what is larger than any event that is counted, this is kept. */
    private static final int BEGINNING = 4 * 1_024;

    private static final Duration UNTIL_CLOSED = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private TopicPartition last = new TopicPartition("", 0);

    OneReader(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // Of one batch the broker always gives all; what follows it is not wanted.
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1_024);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** How little has to be asked for before it can read there: the more the better. */
    int nearnessTo(TopicPartition at) {
        return at.equals(last) ? 2 : at.topic().equals(last.topic()) ? 1 : 0;
    }

    Original read(String topic, int partition, long offset, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        var at = new TopicPartition(topic, partition);
        last = at;
        consumer.assign(List.of(at));
        consumer.seek(at, offset);
        Original found = null;
        while (found == null) {
            Duration left = Duration.ofNanos(until - System.nanoTime());
            found = left.isNegative() ? new Original.NotNow("Kafka did not give it in time") : poll(at, offset, left);
        }
        return found;
    }

    /** Null where that is not known yet. */
    private @Nullable Original poll(TopicPartition at, long offset, Duration left) {
        try {
            List<ConsumerRecord<byte[], byte[]>> records =
                    consumer.poll(least(left)).records(at);
            if (!records.isEmpty()) {
                return records.get(0).offset() == offset ? found(records.get(0)) : before(at, offset, left);
            }
        } catch (OffsetOutOfRangeException e) {
            return before(at, offset, left);
        }
        boolean passed = consumer.position(at, left) > offset;
        return passed || isAtTheEnd(at, offset, left) ? before(at, offset, left) : null;
    }

    /** An empty poll says nothing, but that there may be nothing: then it is worth asking. */
    private static Duration least(Duration left) {
        Duration one = Duration.ofMillis(100);
        return left.compareTo(one) < 0 ? left : one;
    }

    private boolean isAtTheEnd(TopicPartition at, long offset, Duration left) {
        Long end = consumer.endOffsets(List.of(at), left).get(at);
        return end != null && offset >= end;
    }

    /** The record is not there: because it is gone, or never was. */
    private Original before(TopicPartition at, long offset, Duration left) {
        Long first = consumer.beginningOffsets(List.of(at), left).get(at);
        return first != null && offset < first ? new Original.Gone(first) : new Original.NotThere();
    }

    private static Original found(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Original.Header>();
        record.headers().forEach(header -> headers.add(new Original.Header(header.key(), header.value())));
        return new Original.Found(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                kept(record.key()),
                kept(record.value()),
                headers,
                size(record.key()),
                size(record.value()));
    }

    /** The broker's limit is on compressed batches: what came through it may be of any size. */
    private static byte @Nullable [] kept(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= Topics.LARGEST_EVENT ? bytes : Arrays.copyOf(bytes, BEGINNING);
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(UNTIL_CLOSED));
    }
}
