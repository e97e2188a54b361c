package io.tidemark.benchmarks.peers.postgres;

import io.tidemark.benchmarks.course.WireEvent;
import io.tidemark.benchmarks.measuring.Lane;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads every other partition to its end and hands it to the database batch by batch. */
final class Feeder {
    private static final int BATCH = 20_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Lane lane;
    private final Progress progress;
    private final Batch batch;
    private final WireEvent event = new WireEvent();
    private final List<TopicPartition> mine;

    Feeder(Lane lane, Connection connection, Progress progress, int thread, int threads) throws SQLException {
        this.lane = lane;
        this.progress = progress;
        this.batch = new Batch(connection);
        mine = IntStream.range(0, lane.course().partitions())
                .filter(partition -> partition % threads == thread)
                .mapToObj(partition -> new TopicPartition(lane.course().topic(), partition))
                .toList();
    }

    /** How many records were no repeats. */
    long run() throws SQLException, IOException {
        long fresh = 0;
        try (var consumer = new KafkaConsumer<>(
                lane.consumer("postgres"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(mine);
            long left = consumer.endOffsets(mine).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (left > 0) {
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    progress.begin();
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    event.read(record.value());
                    batch.add(record, event);
                    left--;
                    if (batch.size() == BATCH || left == 0) {
                        long handled = batch.size();
                        fresh += batch.commit();
                        progress.committed(handled);
                    }
                }
            }
        }
        return fresh;
    }
}
