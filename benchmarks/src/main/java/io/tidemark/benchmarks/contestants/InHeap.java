package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A, the limit: two plain consumers, decoding by hand, ids and pages in hash maps on the heap. Nothing of it outlives the process; what a
 * machine can do with these pages if nothing need be kept.
 */
public final class InHeap {
    private static final int THREADS = 2;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Lane lane;
    private final Supplier<HeapCounting> counters;
    private final Stopwatch stopwatch;
    private final AtomicLong done = new AtomicLong();

    InHeap(Lane lane, Supplier<HeapCounting> counters) {
        this.lane = lane;
        this.counters = counters;
        this.stopwatch = Stopwatch.of(lane);
    }

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        lane.finish(new InHeap(lane, HeapCounter::new).run());
    }

    Figures run() throws InterruptedException, ExecutionException {
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<HeapCounting>> counting = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int mine = thread;
                counting.add(pool.submit(() -> count(mine)));
            }
            var counters = new ArrayList<HeapCounting>();
            for (Future<HeapCounting> one : counting) {
                counters.add(one.get());
            }
            stopwatch.stop();
            Counted counted = counters.stream()
                    .map(HeapCounting::counted)
                    .reduce(Counted::plus)
                    .orElseThrow();
            return stopwatch.figures(counted, 0, 0);
        } finally {
            pool.shutdown();
        }
    }

    /** Every other partition, to its end. */
    private HeapCounting count(int thread) {
        var counter = counters.get();
        try (var consumer = new KafkaConsumer<>(
                lane.consumer("in-heap"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> mine = IntStream.range(0, lane.course().partitions())
                    .filter(partition -> partition % THREADS == thread)
                    .mapToObj(partition -> new TopicPartition(lane.course().topic(), partition))
                    .toList();
            consumer.assign(mine);
            long left = consumer.endOffsets(mine).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (left > 0) {
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    stopwatch.start();
                }
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    counter.count(record.value());
                }
                left -= records.count();
                stopwatch.done(done.addAndGet(records.count()));
            }
            consumer.commitSync();
            return counter;
        }
    }
}
