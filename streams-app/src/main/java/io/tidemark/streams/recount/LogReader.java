package io.tidemark.streams.recount;

import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.CutBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads its share of some topics' partitions from a time on, again and again up to where they end: in no group, and committed records alone. */
final class LogReader implements AutoCloseable {
    static final Duration POLL = Duration.ofMillis(200);
    /** When nothing came for so long, nothing will. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> lasts = new HashMap<>();
    private final Map<TopicPartition, Long> knownEnds;
    private final boolean endsAreKnown;
    private Optional<Instant> beginsAt = Optional.empty();
    private volatile long records;

    private LogReader(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> mine, Instant first, Optional<Instant> last) {
        this.consumer = consumer;
        consumer.assign(mine);
        Map<TopicPartition, Long> ends = consumer.endOffsets(mine);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(mine);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = at(mine, first);
        for (TopicPartition partition : mine) {
            OffsetAndTimestamp start = starts.get(partition);
            long begin = start == null ? ends.getOrDefault(partition, 0L) : start.offset();
            begins.put(partition, begin);
            consumer.seek(partition, begin);
            long beginning = beginnings.getOrDefault(partition, 0L);
            if (start != null && beginning > 0 && begin == beginning) {
                Instant reaches = Instant.ofEpochMilli(start.timestamp());
                beginsAt = beginsAt.filter(known -> known.isAfter(reaches)).or(() -> Optional.of(reaches));
            }
        }
        endsAreKnown = last.isPresent();
        knownEnds = last.map(end -> ends(mine, end, ends)).orElse(ends);
        records = left(knownEnds);
    }

    /** @param number of this share, of {@code shares} */
    static LogReader of(
            Connection connection, List<String> topics, int number, int shares, Instant first, Optional<Instant> last) {
        var consumer = new KafkaConsumer<>(config(connection), CutBytes.ofKeys(), CutBytes.ofValues());
        return open(consumer, topics, number, shares, first, last);
    }

    /** All of a topic of whose records the headers alone are wanted, and whose beginning may be deleted meanwhile. */
    static LogReader ofHeaders(Connection connection, String topic, Instant first) {
        Deserializer<byte[]> nothing = (from, data) -> new byte[0];
        Map<String, Object> config = config(connection);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return open(new KafkaConsumer<>(config, nothing, nothing), List.of(topic), 0, 1, first, Optional.empty());
    }

    private static LogReader open(
            KafkaConsumer<byte[], byte[]> consumer,
            List<String> topics,
            int number,
            int shares,
            Instant first,
            Optional<Instant> last) {
        try {
            var all = new ArrayList<TopicPartition>();
            for (String topic : topics) {
                consumer.partitionsFor(topic).forEach(one -> all.add(new TopicPartition(topic, one.partition())));
            }
            all.sort(Comparator.comparing(TopicPartition::partition).thenComparing(TopicPartition::topic));
            var mine = new ArrayList<TopicPartition>();
            for (int i = number; i < all.size(); i += shares) {
                mine.add(all.get(i));
            }
            return new LogReader(consumer, mine, first, last);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Of a consumer in no group, which reads committed records alone. */
    static Map<String, Object> config(Connection connection) {
        Map<String, Object> config = connection.client();
        config.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "tidemark-recount");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return config;
    }

    private Map<TopicPartition, @Nullable OffsetAndTimestamp> at(List<TopicPartition> mine, Instant time) {
        var times = new HashMap<TopicPartition, Long>();
        mine.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
        return new HashMap<>(consumer.offsetsForTimes(times));
    }

    private Map<TopicPartition, Long> ends(
            List<TopicPartition> mine, Instant last, Map<TopicPartition, Long> otherwise) {
        var ends = new HashMap<TopicPartition, Long>();
        at(mine, last)
                .forEach((partition, end) ->
                        ends.put(partition, end == null ? otherwise.getOrDefault(partition, 0L) : end.offset()));
        return ends;
    }

    private long left(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - begins.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** From when on this share is whole; empty where nothing of it was deleted that might matter. */
    Optional<Instant> beginsAt() {
        return beginsAt;
    }

    /** How many offsets there are to be read, those included that were. */
    long records() {
        return records;
    }

    /** The last record that was read of each partition; none of those of which nothing was. */
    Map<TopicPartition, Long> lasts() {
        return lasts;
    }

    /** Reads from where it stands up to the ends as they are now. */
    void readOn(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = endsAreKnown ? knownEnds : consumer.endOffsets(begins.keySet());
        records = left(ends);
        List<TopicPartition> left = unfinished(ends);
        consumer.resume(begins.keySet());
        long moved = System.nanoTime();
        while (!left.isEmpty()) {
            ConsumerRecords<byte[], byte[]> some = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : some) {
                var at = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(at, 0L)) {
                    each.accept(record);
                    lasts.put(at, record.offset());
                } else {
                    consumer.seek(at, ends.getOrDefault(at, 0L));
                }
            }
            List<TopicPartition> before = left;
            left = unfinished(ends);
            if (!some.isEmpty() || left.size() < before.size()) {
                moved = System.nanoTime();
                before.removeAll(left);
                consumer.pause(before);
            } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new CannotRecount("nothing more came for " + PATIENCE.toSeconds() + " s of " + left);
            }
        }
    }

    private List<TopicPartition> unfinished(Map<TopicPartition, Long> ends) {
        var left = new ArrayList<TopicPartition>();
        ends.forEach((partition, end) -> {
            if (consumer.position(partition) < end) {
                left.add(partition);
            }
        });
        return left;
    }

    /** Gives a record to who judges it. */
    static void give(Source source, ConsumerRecord<byte[], byte[]> record, EventLog.Taker taker) {
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        taker.take(
                new Origin(source, record.partition(), record.offset(), record.timestamp()),
                key,
                value,
                (long) CutBytes.wholeKey(record.headers(), key) + CutBytes.wholeValue(record.headers(), value));
    }

    /** Nothing is waited for: nobody hears of what was read. */
    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
