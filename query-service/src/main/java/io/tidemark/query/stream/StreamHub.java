package io.tidemark.query.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Limits;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.keys.Caller;
import io.tidemark.streams.feed.ChangeCursor;
import io.tidemark.streams.feed.UsageChanges;
import io.tidemark.streams.feed.UsageChanges.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All clients that listen at this instance, and the thread that tells them. */
public final class StreamHub implements AutoCloseable {
    /** Of one key. */
    static final int MOST_OF_A_KEY = 100;

    /** To all of them, in a second; beyond it each hears later, and of more at once. */
    private static final long BYTES_A_SECOND = 8L << 20;

    private static final int MOST_AT_ONCE = 100;
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS_AT_KEYS = Duration.ofSeconds(1);
    /** Whoever comes again soon goes on where it was. */
    private static final Duration LISTENING_ON = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

    private final UsageChanges changes;
    private final Messages messages;
    private final Predicate<Caller> isGood;
    private final List<OpenStream> streams = new ArrayList<>();
    private final Map<String, Integer> seats = new HashMap<>();
    private int taken;
    private boolean closed;
    private final Thread thread = new Thread(this::tellUntilClosed, "tidemark-usage-stream");
    private long budget = BYTES_A_SECOND;
    private long lastTick = System.nanoTime();
    private long lastLook = lastTick;
    private long lastBusy = lastTick;
    private int turn;
    private final Counter told;
    private final Counter bytes;
    private final Counter lost;

    /**
     * Nobody listens yet.
     *
     * @param isGood whether a caller's key is still taken
     */
    public StreamHub(UsageChanges changes, Customers customers, Predicate<Caller> isGood, MeterRegistry registry) {
        this.changes = changes;
        this.messages = new Messages(customers);
        this.isGood = isGood;
        Gauge.builder("tidemark.stream.clients", this, StreamHub::listening)
                .description("Clients that listen to changes of usage at this instance")
                .register(registry);
        told = Counter.builder("tidemark.stream.messages")
                .description("Changes of usage that clients were told, each client counted")
                .register(registry);
        bytes = Counter.builder("tidemark.stream.sent")
                .baseUnit("bytes")
                .description("What clients that listen to changes of usage were sent")
                .register(registry);
        lost = Counter.builder("tidemark.stream.forgotten")
                .description(
                        "Clients that read so slowly that what they had not heard was forgotten, and were sent away")
                .register(registry);
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized int listening() {
        return streams.size();
    }

    UsageChanges changes() {
        return changes;
    }

    /**
     * Takes a place for one more client, which is given back by whoever took it.
     *
     * @throws Refused where there is none
     */
    Seat seat(Caller caller) {
        synchronized (this) {
            if (closed) {
                throw new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "This instance is closing."));
            }
            if (taken >= Limits.STREAMS) {
                throw new Refused(Problem.of(
                        Problem.Kind.OVERLOADED, "As many as " + Limits.STREAMS + " listen at this instance already."));
            }
            int ofKey = seats.getOrDefault(caller.key(), 0);
            if (ofKey >= MOST_OF_A_KEY) {
                throw new Refused(Problem.of(
                        Problem.Kind.OVERLOADED,
                        "As many as " + MOST_OF_A_KEY + " listen with this key at this instance already."));
            }
            seats.put(caller.key(), ofKey + 1);
            taken++;
            lastBusy = System.nanoTime();
            return new Seat(caller.key());
        }
    }

    /** A client's place. */
    final class Seat {
        private final String key;
        private boolean given;

        private Seat(String key) {
            this.key = key;
        }

        void giveBack() {
            synchronized (StreamHub.this) {
                if (!given) {
                    given = true;
                    taken--;
                    lastBusy = System.nanoTime();
                    seats.computeIfPresent(key, (same, many) -> many == 1 ? null : many - 1);
                    StreamHub.this.notifyAll();
                }
            }
        }
    }

    /** Tells it from now on, until it is over. */
    void open(OpenStream stream) {
        synchronized (this) {
            if (closed) {
                stream.end();
                return;
            }
            streams.add(stream);
            notifyAll();
        }
    }

    private void tellUntilClosed() {
        while (true) {
            List<OpenStream> now;
            synchronized (this) {
                if (!waited()) {
                    return;
                }
                streams.removeIf(OpenStream::isOver);
                now = List.copyOf(streams);
            }
            tell(now, System.nanoTime());
        }
    }

    /** Until there is something to do; false where there never will be. */
    private synchronized boolean waited() {
        try {
            long tick = System.nanoTime() + TICK.toNanos();
            while (!closed && (streams.isEmpty() || System.nanoTime() - tick < 0)) {
                wait(streams.isEmpty() ? untilRest() : TICK.toMillis());
            }
            return !closed;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How long nobody may have listened before nothing is heard any more, in milliseconds; 0: for as long as nobody does. */
    private long untilRest() {
        boolean idle = taken == 0 && System.nanoTime() - lastBusy > LISTENING_ON.toNanos();
        if (idle) {
            changes.rest();
        }
        return idle ? 0 : LISTENING_ON.toMillis();
    }

    private void tell(List<OpenStream> now, long nanos) {
        long since = Math.min(nanos - lastTick, Duration.ofSeconds(1).toNanos());
        budget = Math.min(
                BYTES_A_SECOND,
                budget + BYTES_A_SECOND * since / Duration.ofSeconds(1).toNanos());
        lastTick = nanos;
        boolean lookAtKeys = nanos - lastLook > BETWEEN_LOOKS_AT_KEYS.toNanos();
        if (lookAtKeys) {
            lastLook = nanos;
        }
        var same = new HashMap<String, Batch>();
        int first = now.isEmpty() ? 0 : turn % now.size();
        for (int i = 0; i < now.size(); i++) {
            OpenStream one = now.get((first + i) % now.size());
            try {
                if (one.isDue(nanos) || (lookAtKeys && !isGood.test(one.caller()))) {
                    one.end();
                } else if (one.isReady()) {
                    turn = budget > 0 ? first + i + 1 : turn;
                    tell(one, same, nanos);
                }
            } catch (RuntimeException failed) {
                // It comes again; those behind it are told meanwhile.
                LOG.error("a client was not told of changes, and is sent away", failed);
                one.end();
            }
        }
    }

    private void tell(OpenStream one, Map<String, Batch> same, long nanos) {
        if (budget <= 0) {
            beat(one, nanos);
            return;
        }
        Optional<Batch> batch = batch(one, same);
        if (batch.isEmpty()) {
            // It comes again, and is told everything anew.
            lost.increment();
            one.end();
            return;
        }
        one.isAt(batch.get().behind);
        byte[] text = batch.get().text;
        if (text.length > 0) {
            send(one, text, nanos);
            told.increment(batch.get().changes);
        } else {
            beat(one, nanos);
        }
    }

    private void beat(OpenStream one, long nanos) {
        if (nanos - one.lastSent() >= HEARTBEAT.toNanos()) {
            send(one, Messages.heartbeat(one.place()), nanos);
        }
    }

    private void send(OpenStream one, byte[] text, long nanos) {
        one.send(text, nanos);
        budget -= text.length;
        bytes.increment(text.length);
    }

    /** What a client has not heard yet, or the first of it; made once for all who have heard the same. */
    private Optional<Batch> batch(OpenStream one, Map<String, Batch> same) {
        String name = one.caller().tenant() + '/' + one.customer().orElse("");
        Batch made = same.get(name);
        if (made != null && made.from.hasTheSameBehind(one.place())) {
            return Optional.of(made);
        }
        Optional<Batch> batch = changes.after(one.place(), one.caller().tenant(), one.customer(), MOST_AT_ONCE)
                .map(heard -> new Batch(one.place(), heard, messages));
        if (made == null) {
            batch.ifPresent(first -> same.put(name, first));
        }
        return batch;
    }

    /** Some changes, written. */
    private static final class Batch {
        final ChangeCursor from;
        final byte[] text;
        final int changes;
        final ChangeCursor behind;

        Batch(ChangeCursor from, Heard heard, Messages messages) {
            this.from = from;
            text = messages.changes(heard.changes());
            changes = heard.changes().size();
            behind = heard.behind();
        }
    }

    /** Sends all away, so that they come again elsewhere; nobody is let in any more. */
    @Override
    public void close() {
        List<OpenStream> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(streams);
            streams.clear();
            notifyAll();
        }
        last.forEach(OpenStream::end);
    }
}
