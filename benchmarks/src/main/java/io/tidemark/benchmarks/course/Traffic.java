package io.tidemark.benchmarks.course;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends so many events a second, until it is closed. */
public final class Traffic implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Supplier<ProducerRecord<byte[], byte[]>> events;
    private final long perSecond;
    private final Thread thread = new Thread(this::run, "traffic");
    private volatile boolean closed;
    private long sent;

    Traffic(KafkaProducer<byte[], byte[]> producer, Supplier<ProducerRecord<byte[], byte[]>> events, long perSecond) {
        this.producer = producer;
        this.events = events;
        this.perSecond = perSecond;
        thread.start();
    }

    private void run() {
        long began = System.nanoTime();
        try {
            while (!closed) {
                long due = (System.nanoTime() - began) * perSecond / TimeUnit.SECONDS.toNanos(1);
                for (; sent < due; sent++) {
                    var unused = producer.send(events.get());
                }
                Thread.sleep(STEP.toMillis());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when all that was sent is acknowledged. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
