package io.tidemark.streams.recount;

import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.intake.CutBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads one record after the other, by where each lies. */
final class SingleRecords {
    /** Fetching anew costs more than to pass over so many. */
    private static final long NEAR = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
    private int at;
    private @Nullable TopicPartition partition;

    private SingleRecords(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    private ConsumerRecord<byte[], byte[]> read(TopicPartition of, long offset) {
        boolean far = at >= polled.size() || polled.get(at).offset() + NEAR < offset;
        if (!of.equals(partition) || far) {
            consumer.assign(List.of(of));
            consumer.seek(of, offset);
            polled.clear();
            at = 0;
            partition = of;
        }
        long until = System.nanoTime() + LogReader.PATIENCE.toNanos();
        while (true) {
            while (at < polled.size() && polled.get(at).offset() < offset) {
                at++;
            }
            if (at < polled.size()) {
                return found(polled.get(at), offset);
            }
            polled.clear();
            at = 0;
            consumer.poll(LogReader.POLL).records(of).forEach(polled::add);
            if (System.nanoTime() - until > 0) {
                throw new CannotRecount("the record at " + of + "@" + offset + " is not there any more");
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> found(ConsumerRecord<byte[], byte[]> record, long offset) {
        if (record.offset() != offset) {
            throw new CannotRecount("the record at " + record.topic() + "-" + record.partition() + "@" + offset
                    + " is not there any more");
        }
        return record;
    }

    /** Gives single records, wherever they lie, those of a partition in their order. */
    static void give(
            Connection connection,
            Function<Coordinates, String> topic,
            Collection<Coordinates> records,
            EventLog.Taker taker) {
        var wanted = new TreeMap<Coordinates, TopicPartition>(Comparator.comparing(Coordinates::topic)
                .thenComparing(Coordinates::partition)
                .thenComparing(Coordinates::offset));
        records.forEach(at -> wanted.put(at, new TopicPartition(topic.apply(at), at.partition())));
        try (var consumer = new KafkaConsumer<>(LogReader.config(connection), CutBytes.ofKeys(), CutBytes.ofValues())) {
            var one = new SingleRecords(consumer);
            wanted.forEach((at, partition) -> LogReader.give(at.topic(), one.read(partition, at.offset()), taker));
        }
    }
}
