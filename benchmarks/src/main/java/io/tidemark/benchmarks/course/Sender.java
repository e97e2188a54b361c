package io.tidemark.benchmarks.course;

import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Sends one event, then another. */
public final class Sender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final CourseEvents made;

    Sender(KafkaProducer<byte[], byte[]> producer, CourseEvents made) {
        this.producer = producer;
        this.made = made;
    }

    /** Returns when it is acknowledged. */
    public void send(String tenant, String customer, Instant at) throws InterruptedException, ExecutionException {
        producer.send(made.of(tenant, customer, at)).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
