package io.tidemark.dev.sample;

import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.remote.RemoteTarget;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The sample of one {@code dev}: begun when questions are answered, closed before what answers them. */
public final class Sample implements AutoCloseable {
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final SampleMarker marker;
    private final Path dataDirectory;
    private final long seed;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Thread sending = new Thread();

    private Sample(SampleMarker marker, Path dataDirectory, long seed) {
        this.marker = marker;
        this.dataDirectory = dataDirectory;
        this.seed = seed;
    }

    /**
     * Sends nothing yet.
     *
     * @throws io.tidemark.streams.StartRefused when the directory has a sample of another seed
     */
    public static Sample in(Path dataDirectory, long seed) {
        return new Sample(SampleMarker.in(dataDirectory, seed), dataDirectory, seed);
    }

    /** Where to send to, and whom to ask. */
    public record Stack(String tenant, String kafka, String registry, String http, String key) {}

    /**
     * Sends from now on; returns at once.
     *
     * @param out is told in one line when the history can be asked for
     */
    public synchronized void begin(Stack stack, Clock clock, Consumer<String> out) {
        if (stop.getCount() > 0) {
            sending = new Thread(() -> send(stack, clock, out), "sample");
            sending.setDaemon(true);
            sending.start();
        }
    }

    private void send(Stack stack, Clock clock, Consumer<String> out) {
        List<String> faults = new ArrayList<>();
        Optional<RemoteInstance> instance =
                RemoteTarget.find(Optional.of(stack.http()), Optional.of(stack.key()), dataDirectory, faults);
        try (EventPublisher publisher = KafkaEventPublisher.connect(
                new Connection(stack.kafka(), stack.registry()).unlessGiven(KafkaEventPublisher.IN_BULK),
                "tidemark.")) {
            new SampleTraffic(stack.tenant(), seed, marker, publisher, instance.orElseThrow(), clock, out, stop).run();
        }
    }

    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            stop.countDown();
            last = sending;
        }
        try {
            last.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
