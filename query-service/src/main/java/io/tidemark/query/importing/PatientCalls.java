package io.tidemark.query.importing;

import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteAnswer;
import io.tidemark.query.remote.RemoteInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks until there is an answer to the question: what is busy, moving or away is asked again, ever more slowly. */
final class PatientCalls {
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(5);
    private static final long NEVER = 0;

    private final RemoteInstance instance;
    private final Duration patience;
    private final Window window;
    private final AtomicLong lastAnswer = new AtomicLong(NEVER);
    private final AtomicLong repeats = new AtomicLong();

    /** It is over: what was asked for may be done or not. */
    static final class Halted extends Exception {
        private static final long serialVersionUID = 1L;
    }

    PatientCalls(RemoteInstance instance, Duration patience, Window window) {
        this.instance = instance;
        this.patience = patience;
        this.window = window;
    }

    RemoteAnswer ask(String method, String path, Optional<String> body, Map<String, String> headers)
            throws Halted, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            Duration wait = slower(attempt);
            try {
                RemoteAnswer answer = instance.send(method, path, body, headers);
                if (!PASSING.contains(answer.status())) {
                    lastAnswer.set(System.nanoTime());
                    return answer;
                }
                // Somebody is there, and may take long to be ready.
                lastAnswer.compareAndSet(NEVER, System.nanoTime());
                wait = answer.retryAfter()
                        .filter(asked -> asked.compareTo(FIRST) > 0 && asked.compareTo(LONGEST_ASKED_FOR) < 0)
                        .orElse(wait);
                giveUpAfterPatience(answer.failure());
            } catch (IOException unreachable) {
                giveUpAfterPatience(instance.unreachable(unreachable));
            }
            repeats.incrementAndGet();
            if (!window.pause(spread(wait))) {
                throw new Halted();
            }
        }
    }

    /** Whom nobody ever answered is at a wrong address. */
    private void giveUpAfterPatience(CallFailed because) throws Halted {
        long last = lastAnswer.get();
        if (last == NEVER || System.nanoTime() - last > patience.toNanos()) {
            window.halt(because);
            throw new Halted();
        }
    }

    private static Duration slower(int attempt) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempt, 10));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** So that those who were sent away together do not come back together. */
    private static Duration spread(Duration wait) {
        long nanos = wait.toNanos();
        return Duration.ofNanos(
                nanos + ThreadLocalRandom.current().nextLong(nanos / 2 + TimeUnit.MILLISECONDS.toNanos(1)));
    }

    /** How often something was asked again. */
    long repeats() {
        return repeats.get();
    }
}
