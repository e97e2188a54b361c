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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    /** The thread rests so many times as long as it worked: it takes a twentieth of a core at most. */
    private static final int RESTS_TIMES = 20;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS_AT_KEYS = Duration.ofSeconds(1);
    /** Whoever comes again soon goes on where it was. */
    private static final Duration LISTENING_ON = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final UsageChanges changes;
    private final Messages messages;
    private final Predicate<Caller> isGood;
    private final List<OpenStream> streams = new ArrayList<>();
    private final Map<String, Integer> seats = new HashMap<>();
    /** Of the thread alone. */
    private final Map<String, Audience> audiences = new HashMap<>();

    private int taken;
    private boolean closed;
    private final Thread thread = new Thread(this::tellUntilClosed, "tidemark-usage-stream");
    private long budget = BYTES_A_SECOND;
    private long lastTick = System.nanoTime();
    private long lastLook = lastTick;
    private long lastBusy = lastTick;
    private long restsUntil = lastTick;
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
                .description("Times that what a client had not heard was forgotten, so that it had to begin anew")
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
            long worked = THREADS.getCurrentThreadCpuTime();
            tell(now, System.nanoTime());
            worked = THREADS.getCurrentThreadCpuTime() - worked;
            restsUntil = Math.max(restsUntil, System.nanoTime()) + RESTS_TIMES * worked;
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
        var ready = new LinkedHashMap<String, List<OpenStream>>();
        for (OpenStream one : now) {
            List<OpenStream> its = ready.computeIfAbsent(one.audience(), first -> new ArrayList<>());
            if (one.isDue(nanos) || (lookAtKeys && !isGood.test(one.caller()))) {
                one.end();
            } else if (one.isReady()) {
                its.add(one);
            }
        }
        audiences.keySet().retainAll(ready.keySet());
        ready.values().removeIf(List::isEmpty);
        List<Map.Entry<String, List<OpenStream>>> inTurn = List.copyOf(ready.entrySet());
        int first = inTurn.isEmpty() ? 0 : turn % inTurn.size();
        for (int i = 0; i < inTurn.size(); i++) {
            turn = mayTell(nanos) ? first + i + 1 : turn;
            Map.Entry<String, List<OpenStream>> its = inTurn.get((first + i) % inTurn.size());
            tell(audiences.computeIfAbsent(its.getKey(), none -> new Audience()), its.getValue(), nanos);
        }
    }

    private boolean mayTell(long nanos) {
        return budget > 0 && nanos - restsUntil >= 0;
    }

    private void tell(Audience audience, List<OpenStream> ready, long nanos) {
        boolean together = true;
        for (Audience.Part part : audience.parts(ready)) {
            if (!mayTell(nanos)) {
                part.clients().forEach(one -> beat(one, nanos));
            } else if (!part.clients().isEmpty()) {
                Optional<ChangeCursor> further = tell(part, nanos);
                if (together) {
                    further.ifPresentOrElse(audience::isAt, audience::isLost);
                }
            }
            together = false;
        }
    }

    /** Where they are then; empty where what they have not heard is forgotten. */
    private Optional<ChangeCursor> tell(Audience.Part part, long nanos) {
        OpenStream any = part.clients().get(0);
        Optional<Heard> heard = changes.after(part.from(), any.caller().tenant(), any.customer(), MOST_AT_ONCE);
        if (heard.isEmpty()) {
            part.clients().stream()
                    .filter(one -> one.place().number() == part.from().number())
                    .forEach(one -> lose(one, nanos));
            return Optional.empty();
        }
        ChangeCursor behind = heard.get().behind();
        try {
            byte[] text = messages.changes(heard.get().changes());
            for (OpenStream one : part.clients()) {
                one.isAt(behind);
                if (text.length > 0) {
                    send(one, text, nanos);
                    told.increment(heard.get().changes().size());
                } else {
                    beat(one, nanos);
                }
            }
        } catch (RuntimeException failed) {
            // They come again; others are told meanwhile.
            LOG.error("clients were not told of changes, and are sent away", failed);
            part.clients().forEach(OpenStream::end);
        }
        return Optional.of(behind);
    }

    /** It asks again for what it shows: here, or where it is to be given that, by coming again. */
    private void lose(OpenStream one, long nanos) {
        lost.increment();
        if (one.asksItself()) {
            one.isAt(changes.now());
            send(one, one.reset(), nanos);
        } else {
            one.end();
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
