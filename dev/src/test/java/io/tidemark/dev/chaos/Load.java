package io.tidemark.dev.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends without end, through Kafka and over HTTP, and knows of each event whether it was acknowledged. What was not is sent
 * again with the same id; of what was, some is sent again all the same.
 */
final class Load implements AutoCloseable {
    private static final int PER_SECOND = Integer.getInteger("tidemark.chaos.rate", 150);
    private static final int WRITERS = 16;
    /** Writers who wait for an instance that is away let no more pile up. */
    private static final int MOST_WAITING = 100;

    private static final int REPEATED_OF = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Caller caller;
    private final Books books = new Books();
    private final EventMaker maker;
    private final Random random;
    private final Sending sending;
    private final Queue<Made> again = new ConcurrentLinkedQueue<>();
    private final LinkedBlockingQueue<Made> overHttp = new LinkedBlockingQueue<>();
    private final AtomicInteger underway = new AtomicInteger();
    private final AtomicReference<@Nullable Call> lastWrite = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean paused;
    private volatile boolean closed;

    Load(Cluster cluster, Caller caller, long seed) {
        this.caller = caller;
        this.maker = new EventMaker(seed, Clock.systemUTC());
        this.random = new Random(seed + 1);
        this.sending = new Sending(cluster.kafka(), cluster.registryUrl());
        start("load", this::produce);
        for (int i = 0; i < WRITERS; i++) {
            start("writer-" + i, this::write);
        }
    }

    private void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    Books books() {
        return books;
    }

    /** The last event that was taken over HTTP. */
    Optional<Call> lastWrite() {
        return Optional.ofNullable(lastWrite.get());
    }

    private void produce() {
        try {
            long next = System.nanoTime();
            var recent = new ArrayList<Made>();
            while (!closed) {
                next = Math.max(next + 1_000_000_000L / PER_SECOND, System.nanoTime() - 50_000_000L);
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                sendOne(recent);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendOne(List<Made> recent) {
        Made failed = again.poll();
        if (failed != null) {
            send(failed);
        } else if (!paused && recent.size() > 500 && random.nextInt(REPEATED_OF) == 0) {
            Made repeated = recent.remove(random.nextInt(recent.size()));
            underway.incrementAndGet();
            send(repeated);
        } else if (!paused && overHttp.size() < MOST_WAITING) {
            Made made = maker.next();
            books.add(made);
            underway.incrementAndGet();
            if (made.way() == Made.Way.HTTP) {
                overHttp.add(made);
            } else {
                recent.add(made);
                send(made);
            }
        }
    }

    private void send(Made made) {
        made.begin(System.currentTimeMillis());
        sending.send(
                made,
                append -> {
                    made.acknowledge(append);
                    underway.decrementAndGet();
                },
                () -> again.add(made));
    }

    private void write() {
        try {
            for (int turn = 0; !closed; turn++) {
                Made made = overHttp.poll(100, TimeUnit.MILLISECONDS);
                if (made != null) {
                    write(made, turn);
                    underway.decrementAndGet();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Made made, int turn) throws InterruptedException {
        boolean waits = turn % 4 == 0;
        String path = "/api/v1/" + (Sending.topic(made) == 1 ? "requests" : "usage")
                + (waits ? "?wait=counted&timeout=2s" : "");
        var question = new Caller.Question(
                Call.Kind.WRITE,
                made.tenant(),
                made.customer(),
                "",
                path,
                body(made).toString());
        made.begin(System.currentTimeMillis());
        for (int at = turn; !closed; at++) {
            Call call = caller.ask(question, at, 1);
            if (call.status() == 202) {
                var place = Places.parse(call.after()).all().get(0);
                made.acknowledge(new Made.Append(
                        place.topic(),
                        place.partition(),
                        place.offset(),
                        call.end().toEpochMilli()));
                lastWrite.set(call);
                return;
            }
            Thread.sleep(50);
        }
    }

    private static ObjectNode body(Made made) {
        ObjectNode body = JSON.createObjectNode().put("external_customer_id", made.customer());
        if (made.event() instanceof RequestEvent request) {
            body.put("id", request.getId())
                    .put("occurred_at", request.getOccurredAt().toString())
                    .put("model", request.getModel())
                    .put("input_tokens", request.getInputTokens())
                    .put("output_tokens", request.getOutputTokens())
                    .put("credits", request.getCredits().toPlainString());
            if (request.getCurrency() != null) {
                body.put("cost", request.getCost().toPlainString()).put("currency", request.getCurrency());
            }
        } else if (made.event() instanceof UsageEvent usage) {
            body.put("id", usage.getId())
                    .put("occurred_at", usage.getOccurredAt().toString())
                    .put("meter", usage.getMeter())
                    .put("quantity", usage.getQuantity().toPlainString())
                    .put("credits", usage.getCredits().toPlainString());
        }
        return body;
    }

    /** Makes no more events, and returns when all there are were acknowledged; says when. */
    Instant settle(Duration atMost) throws InterruptedException {
        paused = true;
        Instant began = Instant.now();
        while (underway.get() > 0 || !again.isEmpty()) {
            if (Instant.now().isAfter(began.plus(atMost))) {
                throw new IllegalStateException(underway.get() + " events are not acknowledged after " + atMost + ", "
                        + overHttp.size() + " of them over HTTP, " + again.size() + " to be sent again");
            }
            Thread.sleep(20);
        }
        return Instant.now();
    }

    void goOn() {
        paused = false;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sending.close();
    }
}
