package io.tidemark.dev.contract;

import io.tidemark.contract.Call;
import io.tidemark.contract.Contract;
import io.tidemark.contract.Reply;
import io.tidemark.contract.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Sends made-up calls and holds every reply to the contract. No reply may be a 5xx but two: a 503 {@code not_caught_up} to a call
 * with {@code after}, and a 503 {@code too_stale} to one with {@code max_staleness}, which is what the contract promises to who waits for
 * what does not come, and to who asks for what nobody has. Those are counted by themselves. A reply that cannot be read is a failure as well.
 */
final class Fuzz {
    private static final int AT_ONCE = 16;
    private static final int ENOUGH_FAILURES = 10;
    private static final String WAITED = "503 waited for in vain";

    /** A body that is too large and that nobody reads may cost the connection, and the answer with it: so says RFC 9112 of TCP. */
    private static final int LARGE = 1 << 20;

    private static final String CUT_OFF = "cut off within a body too large";

    private final Contract contract = Contract.ofClassPath();
    private final List<String> bases;
    private final MadeUpCall.Known known;
    private final long seed;
    private final Map<String, Long> spread = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** @param bases instances of one deployment, asked in turn */
    Fuzz(List<String> bases, MadeUpCall.Known known, long seed) {
        this.bases = bases;
        this.known = known;
        this.seed = seed;
    }

    /** How many replies had each status. */
    Map<String, Long> spread() {
        return new java.util.TreeMap<>(spread);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Sends the calls from one number up to before another. */
    void run(long from, long to) throws InterruptedException, java.util.concurrent.ExecutionException {
        var next = new AtomicLong(from);
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> all = IntStream.range(0, AT_ONCE)
                    .<Future<?>>mapToObj(i -> pool.submit(() -> sendUntil(bases.get(i % bases.size()), to, next)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void sendUntil(String base, long end, AtomicLong next) {
        try (var wire = new Wire(base)) {
            for (long number = next.getAndIncrement();
                    number < end && failures.size() < ENOUGH_FAILURES;
                    number = next.getAndIncrement()) {
                send(wire, number);
            }
        } catch (IOException atTheEnd) {
            throw new IllegalStateException(atTheEnd);
        }
    }

    private void send(Wire wire, long number) throws IOException {
        Call call = new MadeUpCall(contract.api(), known, seed, number).make();
        try {
            Reply reply = wire.send(call);
            judge(number, call, reply);
        } catch (IOException | RuntimeException unreadable) {
            wire.close();
            if (unreadable instanceof SocketException && call.body().length > LARGE) {
                spread.merge(CUT_OFF, 1L, Long::sum);
                return;
            }
            fail(number, call, "no reply that can be read: " + unreadable);
        }
    }

    private void judge(long number, Call call, Reply reply) {
        boolean waited = isHonest(call, reply, "after=", "not_caught_up")
                || isHonest(call, reply, "max_staleness=", "too_stale");
        spread.merge(waited ? WAITED : String.valueOf(reply.status()), 1L, Long::sum);
        List<String> complaints = contract.complaints(reply);
        if (!complaints.isEmpty() || (reply.status() >= 500 && !waited)) {
            fail(number, call, complaints + "\n" + reply);
        }
    }

    private static boolean isHonest(Call call, Reply reply, String parameter, String problem) {
        return reply.status() == 503
                && call.target().contains(parameter)
                && (call.method().equals("HEAD") || reply.body().contains("\"urn:tidemark:problem:" + problem + "\""));
    }

    private void fail(long number, Call call, String why) {
        failures.add("call " + number + " of seed " + seed + "; alone again: -Dtidemark.fuzz.seed=" + seed
                + " -Dtidemark.fuzz.call=" + number + "\n" + call + "\n=> " + why);
    }
}
